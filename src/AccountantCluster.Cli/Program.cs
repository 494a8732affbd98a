using AccountantCluster.Cli;

using var interruption = new Interruption();
return await CommandLine.RunAsync(args, Host.OfThisProcess(), interruption.Token);
