using System.Data.Common;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A place for channels, with a way in for SQL, past the node.</summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>What the node is told.</summary>
    StoreOptions Options { get; }

    /// <summary>A connection to where events are; the caller disposes it.</summary>
    Task<DbConnection> OpenJournalAsync();

    /// <summary>A connection to where snapshots are; the caller disposes it.</summary>
    Task<DbConnection> OpenSnapshotsAsync();

    /// <summary>Describes every table, column, constraint and index that is there, in a fixed order.</summary>
    Task<IReadOnlyList<string>> DescribeAsync();

    /// <summary>Runs the script of <c>deploy/schema</c> as its first lines say.</summary>
    Task RunScriptAsync();
}
