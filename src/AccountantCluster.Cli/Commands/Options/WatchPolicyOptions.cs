using System.CommandLine;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands.Options;

/// <summary>When a provider settles by itself.</summary>
internal sealed class WatchPolicyOptions
{
    private static readonly SettlementPolicy Default = new();

    private readonly Option<Amount> _minimum = CommonOptions.Amount(
        "--minimum", "Settle no less, unless it is urgent.", Default.MinimumValue);

    private readonly Option<int> _maxCost = CommonOptions.Number(
        "--max-cost", "Settle when it costs less than so many per cent of what is paid.", 1, 100, (int)Default.MaxCostPercent);

    private readonly Option<int> _balanceLeft = CommonOptions.Number(
        "--balance-left", "Settle when at most so many per cent of the balance are left.", 0, 100, (int)Default.BalanceLeftPercent);

    private readonly Option<int> _maxAge = CommonOptions.Number(
        "--max-age", "Settle what has been promised for so many days.", 1, 365, (int)Default.MaximumAge!.Value.TotalDays);

    private readonly Option<Amount?> _rate = CommonOptions.OptionalAmount(
        "--token-price", "Wei that 10^18 token base units are worth, to compare gas with what is paid. [default: gas does not matter]");

    private readonly Option<Amount?> _riskLimit = CommonOptions.OptionalAmount(
        "--risk-limit", "Settle when the risk is three quarters of this, in token base units. [default: no limit]");

    /// <summary>Adds the options to a command.</summary>
    public WatchPolicyOptions(Command command)
    {
        command.Add(_minimum);
        command.Add(_maxCost);
        command.Add(_balanceLeft);
        command.Add(_maxAge);
        command.Add(_rate);
        command.Add(_riskLimit);
    }

    /// <summary>The policy.</summary>
    public SettlementPolicy Read(ParseResult parsed) => new()
    {
        MinimumValue = parsed.GetValue(_minimum),
        MaxCostPercent = (uint)parsed.GetValue(_maxCost),
        BalanceLeftPercent = (uint)parsed.GetValue(_balanceLeft),
        MaximumAge = TimeSpan.FromDays(parsed.GetValue(_maxAge)),
    };

    /// <summary>What gas costs in tokens; null where it does not matter.</summary>
    public TokenRate? Rate(ParseResult parsed) => parsed.GetValue(_rate) is { } price ? new TokenRate(price.Units) : null;

    /// <summary>The most that the provider stands to lose; null for no limit.</summary>
    public Amount? RiskLimit(ParseResult parsed) => parsed.GetValue(_riskLimit);
}
