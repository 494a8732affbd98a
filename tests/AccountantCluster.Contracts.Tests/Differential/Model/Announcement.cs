namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>An amount that was announced.</summary>
internal sealed record Announcement(UInt128 Amount, ulong RequestedAt)
{
    public static string Text(Announcement? announcement) => announcement is null
        ? "none"
        : Text(announcement.Amount, announcement.RequestedAt + World.Notice, announcement.RequestedAt + World.Notice + World.Lapse);

    public static string Text(UInt128 amount, ulong finalizableAt, ulong lapsesAt) => $"{amount} from {finalizableAt} to {lapsesAt}";
}
