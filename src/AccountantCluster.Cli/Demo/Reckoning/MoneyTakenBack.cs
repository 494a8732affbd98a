using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Reckoning;

/// <summary>A consumer who left. Amounts in token base units.</summary>
/// <param name="Consumer">What it is called.</param>
/// <param name="WithConsent">Whether the operator signed it, too.</param>
/// <param name="Deposited">What it had to spend at first.</param>
/// <param name="Promised">What it promised, by its own books.</param>
/// <param name="TakenBack">What its beneficiary has on chain.</param>
internal sealed record MoneyTakenBack(string Consumer, bool WithConsent, Amount Deposited, Amount Promised, Amount TakenBack);
