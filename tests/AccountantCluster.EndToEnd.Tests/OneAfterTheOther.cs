// Every test here starts processes: one after the other, so that they measure the node and not the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
