using System.Text.Json;
using System.Text.Json.Serialization;
using AccountantCluster.Cli.Output;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Networks;

/// <summary>
/// One accountant on one chain, as <c>network deploy</c> writes it down: public facts, no secrets unless the chain's address holds an
/// access key.
/// </summary>
/// <param name="Rpc">The chain's JSON-RPC address.</param>
/// <param name="ChainId">The chain.</param>
/// <param name="Token">The registry's token.</param>
/// <param name="Registry">The registry's contract.</param>
/// <param name="Accountant">The accountant's contract.</param>
/// <param name="Node">The gRPC address of the accountant's node; null where it is not known yet.</param>
/// <param name="Confirmations">Blocks on top of a transaction's own before it counts.</param>
/// <param name="ConsumerChannelImplementation">The registry's code behind consumer channels; null in a file that does not know it.</param>
/// <param name="RegistrationFee">What registering an identity costs, in token base units; null in a file that does not know it.</param>
internal sealed record NetworkFile(
    Uri Rpc,
    ulong ChainId,
    Address Token,
    Address Registry,
    Address Accountant,
    Uri? Node,
    int Confirmations,
    Address? ConsumerChannelImplementation = null,
    Amount? RegistrationFee = null)
{
    /// <summary>
    /// Everything that signatures and channel addresses depend on, without asking the chain; null where something is missing.
    /// </summary>
    [JsonIgnore]
    public AccountantProfile? Profile => ConsumerChannelImplementation is { } implementation
        ? new AccountantProfile(ChainId, Accountant, Registry, Token, implementation)
        : null;

    /// <summary>The name of the network's folder under a user's home.</summary>
    public string Name => $"{ChainId}-{Accountant}";

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandFailedException">It is absent or something else.</exception>
    public static NetworkFile Read(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new CommandFailedException(
                $"The network file {file.FullName} does not exist: name it with --network, or write one with `accountant network deploy`.");
        }
        try
        {
            return JsonSerializer.Deserialize<NetworkFile>(File.ReadAllBytes(file.FullName), JsonText.Indented)
                ?? throw new JsonException("It is empty.");
        }
        catch (JsonException problem)
        {
            throw new CommandFailedException($"{file.FullName} is not a network file: {problem.Message}", problem);
        }
    }

    /// <summary>Writes a new file; never over an old one, whose contracts hold money.</summary>
    /// <exception cref="CommandFailedException">It exists already.</exception>
    public void WriteNew(FileInfo file)
    {
        RefuseToOverwrite(file);
        file.Directory?.Create();
        PrivateFiles.WriteNew(file.FullName, JsonSerializer.SerializeToUtf8Bytes(this, JsonText.Indented));
    }

    /// <summary>To be asked before anything is deployed.</summary>
    /// <inheritdoc cref="WriteNew"/>
    public static void RefuseToOverwrite(FileInfo file)
    {
        if (file.Exists) throw new CommandFailedException($"{file.FullName} exists already; name another file with --output.");
    }
}
