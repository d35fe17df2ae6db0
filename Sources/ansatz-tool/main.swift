import AnsatzCLI
import Circuits

AnsatzCommand.main(circuits: try Gallery.all())
