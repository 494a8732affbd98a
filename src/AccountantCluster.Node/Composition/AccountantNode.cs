using System.Net;
using AccountantCluster.Admin;
using AccountantCluster.Chain;
using AccountantCluster.Channels;
using AccountantCluster.Cluster;
using AccountantCluster.Edge;
using AccountantCluster.Node.Configuration;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Composition;

/// <summary>Puts a node together: chain client, key, cluster, settlement and edge. Nothing but composition.</summary>
public sealed class AccountantNode : IAsyncDisposable
{
    private readonly PrivateKey _key;
    private readonly JsonRpcEthereumClient _client;
    private readonly TransactionSender _sender;
    private readonly SqliteTotals _totals;
    private readonly NodeConfiguration _options;

    private AccountantNode(
        NodeConfiguration options,
        WebApplicationBuilder builder,
        PrivateKey key,
        JsonRpcEthereumClient client,
        TransactionSender sender,
        SqliteTotals totals)
    {
        Builder = builder;
        (_options, _key, _client, _sender, _totals) = (options, key, client, sender, totals);
    }

    /// <summary>The host's builder, with all services of the node in it.</summary>
    public WebApplicationBuilder Builder { get; }

    /// <summary>Reads key and chain, checks that they belong together, and registers all services.</summary>
    /// <exception cref="ConfigurationException">The node cannot start with what it was told.</exception>
    public static async Task<AccountantNode> CreateAsync(NodeConfiguration options, CancellationToken cancellation = default)
    {
        var key = OperatorKey.Open(options.Operator);
        var client = new JsonRpcEthereumClient(options.Chain.Rpc);
        SqliteTotals? totals = null;
        try
        {
            var onChain = await AccountantOnChain.ReadAsync(client, options.Chain, key.Address, cancellation);
            var domain = new AccountantDomain(onChain.ChainId, onChain.Accountant);
            totals = SignerTotals.Open(options.Operator, options.Storage, domain);
            var sender = new TransactionSender(
                client, key, onChain.ChainId, new TransactionSenderOptions { Confirmations = options.Chain.Confirmations });
            return new AccountantNode(options, Compose(options, onChain, domain, key, client, sender, totals), key, client, sender, totals);
        }
        catch
        {
            if (totals is not null) await totals.DisposeAsync();
            client.Dispose();
            key.Dispose();
            throw;
        }
    }

    /// <summary>The host, ready to run.</summary>
    public WebApplication Build()
    {
        var app = Builder.Build();
        app.MapAccountantEdge();
        SayWhatIsRemembered(app.Logger);
        return app;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        _client.Dispose();
        await _totals.DisposeAsync();
        _key.Dispose();
    }

    private void SayWhatIsRemembered(ILogger logger)
    {
        var file = _options.Operator.TotalsFile;
        if (_totals.IsNew)
            logger.LogWarning("Nothing is remembered of what this node signed before: {File} is new.", file);
        else
            logger.LogInformation("What this node signed for {Providers} providers is remembered in {File}.", _totals.Remembered, file);
    }

    private static WebApplicationBuilder Compose(
        NodeConfiguration options,
        AccountantOnChain onChain,
        AccountantDomain domain,
        PrivateKey key,
        IEthereumClient client,
        TransactionSender sender,
        SqliteTotals totals)
    {
        // No configuration from environment or arguments: what a node does stands in one file.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(AccountantNode).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(client);
        builder.Services.AddSingleton(sender);
        builder.Services.AddSingleton(new AccountantFee(onChain.Fee));
        builder.Services.AddSingleton<IPromiseSigner>(services => new OperatorSigner(
            domain, key, services.GetRequiredService<ICurve>(), services.GetRequiredService<ILogger<OperatorSigner>>(), totals));

        var policy = new ChannelPolicy(
            ReadAmount(options.Policy.ExposureLimit, "exposureLimit"),
            options.Policy.WindowLimit,
            options.Policy.ProviderLimit,
            ReadAmount(options.Policy.MinimumFirstPayment, "minimumFirstPayment"));
        AddEdge(builder.Services, new EdgeOptions
        {
            Terms = new AccountantTerms(
                onChain.ChainId, onChain.Accountant, onChain.Registry, onChain.Token, onChain.ConsumerChannelImplementation, policy),
            Endpoint = ReadEndpoint(options.Edge.Listen),
            Tls = ReadTls(options.Edge),
            AllowPlainText = options.Edge.AllowPlainText,
        });
        var minimumCollected = ReadAmount(options.Settlement.MinimumCollected, "minimumCollected");
        builder.Services.AddAccountantCluster(new AccountantClusterOptions
        {
            Policy = policy,
            Store = Storage.Open(options.Storage),
            Node = Membership.Open(options.Cluster),
            MinimumCollectable = minimumCollected,
        }, akka => akka.WithSettlement());
        builder.Services.AddSettlement(
            new AccountantAddresses(onChain.Accountant, onChain.Registry, onChain.Token),
            new SettlementOptions
            {
                FirstBlock = options.Chain.FirstBlock,
                Confirmations = options.Chain.Confirmations,
                ObserveInterval = TimeSpan.FromSeconds(options.Chain.ObserveSeconds),
                SettleInterval = TimeSpan.FromSeconds(options.Settlement.IntervalSeconds),
                MinimumCollected = minimumCollected,
                ReminderInterval = TimeSpan.FromSeconds(options.Settlement.ReminderSeconds),
            });
        if (options.Admin.Socket is { } socket) AddAdmin(builder.Services, socket, onChain);
        builder.Services.AddHostedService<ReadyAnnouncement>();
        return builder;
    }

    private static void AddEdge(IServiceCollection services, EdgeOptions options)
    {
        try
        {
            services.AddAccountantEdge(options);
        }
        catch (EdgeTlsException problem)
        {
            throw new ConfigurationException($"edge: {problem.Message}", problem);
        }
    }

    private static void AddAdmin(IServiceCollection services, string socket, AccountantOnChain onChain)
    {
        try
        {
            services.AddAccountantAdmin(new AdminOptions
            {
                Socket = socket,
                Accountant = onChain.Accountant,
                Registry = onChain.Registry,
                Token = onChain.Token,
                ConsumerChannelImplementation = onChain.ConsumerChannelImplementation,
            });
        }
        catch (AdminSocketException problem)
        {
            throw new ConfigurationException($"admin.socket: {problem.Message}", problem);
        }
    }

    private static EdgeTls? ReadTls(NodeConfiguration.EdgeSection edge) => (edge.CertificateFile, edge.KeyFile) switch
    {
        (null, null) => null,
        ({ } certificate, { } key) => new EdgeTls(certificate, key),
        _ => throw new ConfigurationException("edge.certificateFile and edge.keyFile belong together: one of them is missing"),
    };

    private static Amount ReadAmount(string text, string name) =>
        Amount.TryParse(text, out var amount) ? amount : throw new ConfigurationException($"{name} is no amount of token base units: {text}");

    private static IPEndPoint ReadEndpoint(string text) =>
        IPEndPoint.TryParse(text, out var endpoint) ? endpoint : throw new ConfigurationException($"edge.listen is no address and port: {text}");
}
