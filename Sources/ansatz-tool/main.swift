import AnsatzCLI

AnsatzCommand.main()
