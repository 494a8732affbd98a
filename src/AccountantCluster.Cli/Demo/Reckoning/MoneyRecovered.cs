using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Reckoning;

/// <summary>What a provider took back without the accountant. Amounts in token base units.</summary>
/// <param name="Name">Who.</param>
/// <param name="Collected">What consumers' promises brought into the accountant's contract.</param>
/// <param name="Paid">For the accountant's last promise.</param>
/// <param name="LoanReturned">Of what it had lent.</param>
/// <param name="Transactions">How many it took.</param>
internal sealed record MoneyRecovered(string Name, Amount Collected, Amount Paid, Amount LoanReturned, int Transactions);
