from ipykernel.kernelapp import IPKernelApp

from .kernel import AnsatzKernel

IPKernelApp.launch_instance(kernel_class=AnsatzKernel)
