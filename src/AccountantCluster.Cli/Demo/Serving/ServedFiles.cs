using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Networks;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Serving;

/// <summary>
/// What others need to use a demo's network: its network file and two parties' keystores, each with its password beside. Worthless without
/// the network, so all of it goes when it goes; what others put into the folder stays.
/// </summary>
internal sealed class ServedFiles(DirectoryInfo folder) : IDisposable
{
    private static readonly string[] Names =
    [
        "network.json", $"{Consumer}.json", $"{Consumer}.password", $"{Provider}.json", $"{Provider}.password",
    ];

    private bool _isMine;

    /// <summary>The party that pays.</summary>
    public const string Consumer = "consumer";

    /// <summary>The party that is paid.</summary>
    public const string Provider = "provider";

    /// <summary>Where they are.</summary>
    public string Folder => folder.FullName;

    /// <summary>To be asked before anything is started.</summary>
    /// <exception cref="CommandFailedException">Some of them are there already.</exception>
    public void RefuseToOverwrite()
    {
        if (Names.FirstOrDefault(name => File.Exists(PathOf(name))) is { } name)
            throw new CommandFailedException($"{PathOf(name)} exists already: another demo serves it, or was killed. Name another folder.");
    }

    /// <summary>Writes them.</summary>
    public void Write(DemoChain chain, Uri node, PrivateKey consumer, PrivateKey provider)
    {
        RefuseToOverwrite();
        PrivateFiles.CreateFolder(folder.FullName);
        _isMine = true;
        NodeFiles.WriteKey(consumer, PathOf(Consumer));
        NodeFiles.WriteKey(provider, PathOf(Provider));
        var profile = chain.Profile;
        // Last: whoever waits for it finds the others.
        new NetworkFile(
            chain.Endpoint,
            profile.ChainId,
            profile.Token,
            profile.Registry,
            profile.Accountant,
            node,
            Confirmations: 0,
            profile.ConsumerChannelImplementation,
            DemoScale.RegistrationFee).WriteNew(new FileInfo(PathOf("network.json")));
    }

    /// <summary>Takes away what was written.</summary>
    public void Dispose()
    {
        if (!_isMine) return;
        foreach (var name in Names) File.Delete(PathOf(name));
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);
}
