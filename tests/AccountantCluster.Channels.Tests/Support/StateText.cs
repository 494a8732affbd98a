using System.Globalization;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;

namespace AccountantCluster.Channels.Tests;

/// <summary>
/// A state in full as text, so that two can be compared. What acknowledgements change is written apart: it is not in the journal.
/// </summary>
internal static class StateText
{
    public static string Of(ConsumerChannelState state)
    {
        var providers = state.Agreements.OrderBy(pair => pair.Key).Select(pair => string.Create(
            CultureInfo.InvariantCulture,
            $"{pair.Key}: {pair.Value.Credited} above {pair.Value.Floor}")
                + $" [{string.Join(", ", pair.Value.Totals)}] {string.Join(", ", pair.Value.Unacknowledged)}");
        return string.Join('\n', [
            $"{state.Facts} {state.ExitSeenAt} {state.Consent} {state.Frozen} {state.Credited} {state.Opening}", $"latest {state.Latest}",
            $"settleable {state.Settleable} {state.Settleable?.R.Value}",
            .. state.Rungs.Select(rung => $"rung {rung}"), .. providers,
        ]);
    }

    public static string WithoutPending(ProviderChannelState state)
    {
        var open = state.Open.OrderBy(pair => pair.Key)
            .Select(pair => $"open {pair.Key} {pair.Value.Credit} {string.Join(' ', pair.Value.Consumers.Order())}");
        return string.Join('\n', [
            $"{state.Facts} {state.Gross} {state.Revealed} {state.Proven} {state.LastSigned}", .. open,
            .. state.CreditedBy.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"),
            .. state.KnownPreimages.Select(r => $"R {r.Value}"), $"{state.Fees.Earlier}", .. state.Fees.Rates.Select(rate => $"{rate}"),
        ]);
    }
}
