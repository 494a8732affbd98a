namespace AccountantCluster.Chain.Tests;

/// <summary>A transaction in a block.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Succeeded">Whether it was not reverted.</param>
internal sealed record MinedTransaction(Eip1559Transaction Transaction, bool Succeeded);
