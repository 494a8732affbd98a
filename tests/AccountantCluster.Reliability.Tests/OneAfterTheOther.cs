// A whole cluster runs here: nothing beside it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
