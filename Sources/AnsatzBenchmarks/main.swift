print("ansatz-bench")
