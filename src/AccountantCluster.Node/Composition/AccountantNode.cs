using System.Net;
using AccountantCluster.Admin;
using AccountantCluster.Chain;
using AccountantCluster.Channels;
using AccountantCluster.Cluster;
using AccountantCluster.Edge;
using AccountantCluster.Node.Configuration;
using AccountantCluster.Protocol;
using Akka.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AccountantCluster.Node.Composition;

/// <summary>Puts a node together: chain client, key, cluster, settlement and edge. Nothing but composition.</summary>
public sealed class AccountantNode : IAsyncDisposable
{
    private readonly NodeConfiguration _options;
    private readonly IReadOnlyList<string> _roles;
    private readonly NodeKeys _keys;
    private readonly ChainEndpoints _chain;
    private SqliteTotals? _totals;

    private AccountantNode(NodeConfiguration options)
    {
        _options = options;
        _roles = Membership.ReadRoles(options);
        _chain = new ChainEndpoints(options.Chain);
        _keys = NodeKeys.Open(options, _roles);
        // No configuration from environment or arguments: what a node does stands in one file.
        Builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = typeof(AccountantNode).Assembly.GetName().Name });
        Builder.Configuration.Sources.Clear();
        NodeLog.Configure(Builder.Logging);
    }

    /// <summary>The host's builder, with all services of the node in it.</summary>
    public WebApplicationBuilder Builder { get; }

    /// <summary>
    /// Reads the keys that the node's roles need and the chain, checks that they belong together, and registers all services.
    /// </summary>
    /// <exception cref="ConfigurationException">The node cannot start with what it was told.</exception>
    public static async Task<AccountantNode> CreateAsync(NodeConfiguration options, CancellationToken cancellation = default)
    {
        var node = new AccountantNode(options);
        try
        {
            await node._chain.CheckAsync(cancellation);
            await node.ComposeAsync(cancellation);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>The host, ready to run.</summary>
    public WebApplication Build()
    {
        var app = Builder.Build();
        if (Listens) app.MapAccountantEdge();
        SayWhatIsRemembered(app.Logger);
        return app;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _chain.Dispose();
        if (_totals is not null) await _totals.DisposeAsync();
        _keys.Dispose();
    }

    private void SayWhatIsRemembered(ILogger logger)
    {
        if (_totals is null) return;
        var file = _options.Operator!.TotalsFile;
        if (_totals.IsNew)
            logger.LogWarning("Nothing is remembered of what this node signed before: {File} is new.", file);
        else
            logger.LogInformation("What this node signed for {Providers} providers is remembered in {File}.", _totals.Remembered, file);
    }

    private bool Listens => _roles.Contains(NodeRoles.Edge) || _roles.Contains(NodeRoles.Maker);

    private async Task ComposeAsync(CancellationToken cancellation)
    {
        var services = Builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_chain.Client);
        // Before the edge, which adds what it needs itself.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = AccountantClusterExtensions.ShutdownDeadline);
        var accountant = NodeRoles.AreAccountants(_roles)
            ? await AccountantOnChain.ReadAsync(_chain.Client, _options.Chain, _keys.Signing?.Address, cancellation)
            : null;
        var policy = ReadPolicy(_options.Policy);
        var opening = OpeningTerms.Open(_options.Opening, accountant?.RegistrationFee ?? Amount.Zero);
        if (Listens) AddEdge(services, Edge(accountant, policy, opening));
        else services.AddSingleton<IServer, NoListener>();
        if (_keys.Making is { } making)
        {
            services.AddTransactionMaker(
                await MakerOnChain.ReadAsync(_chain.Client, _options, making, cancellation), TokenPrices.Read(_options.Maker!, "maker"));
        }
        Compose(accountant, policy, opening);
        services.AddHostedService<ReadyAnnouncement>();
    }

    private static ChannelPolicy ReadPolicy(NodeConfiguration.PolicySection policy) => new(
        ConfiguredAmount.Read(policy.ExposureLimit, "exposureLimit"),
        policy.WindowLimit,
        policy.ProviderLimit,
        ConfiguredAmount.Read(policy.MinimumFirstPayment, "minimumFirstPayment"));

    private void Compose(AccountantOnChain? accountant, ChannelPolicy policy, OpeningPolicy opening)
    {
        var (options, services) = (_options, Builder.Services);
        var settlement = SettlementTerms.Open(options);
        services.AddAccountantCluster(new AccountantClusterOptions
        {
            Policy = policy,
            Opening = opening,
            Store = Storage.Open(options.Storage),
            Node = Membership.Open(options.Cluster, _roles),
            MinimumCollectable = settlement.Collecting.Minimum,
            MinimumPayable = settlement.Paying?.Minimum,
        }, akka =>
        {
            akka.ConfigureLoggers(NodeLog.Configure);
            if (_roles.Contains(NodeRoles.Settlement)) akka.WithSettlement();
            if (_roles.Contains(NodeRoles.Channels)) akka.WithReports();
            if (_roles.Contains(NodeRoles.Maker)) akka.WithTransactionMaker();
        });
        if (accountant is not { } onChain) return;

        services.AddSingleton(new AccountantFee(onChain.Fee));
        if (_keys.Signing is { } signing) AddSigner(services, onChain, signing);
        services.AddChainSide(
            new AccountantAddresses(onChain.Accountant, onChain.Registry, onChain.Token),
            settlement);
        if (_keys.Sending is { } sending) AddSettlement(services, onChain, sending);
        if (options.Admin.Socket is { } socket) AddAdmin(services, socket, onChain);
    }

    private void AddSigner(IServiceCollection services, AccountantOnChain onChain, PrivateKey key)
    {
        var domain = new AccountantDomain(onChain.ChainId, onChain.Accountant);
        var totals = _totals = SignerTotals.Open(_options.Operator!, _options.Storage, domain);
        services.AddSingleton(new SigningKey(domain, key, totals));
        // The edge brings it too, where there is one.
        services.TryAddSingleton(Curve.Default);
    }

    private void AddSettlement(IServiceCollection services, AccountantOnChain onChain, ITransactionSigner signer)
    {
        services.AddSettlement(new LaneKey(
            onChain.ChainId,
            signer,
            new LaneOptions { Confirmations = _options.Chain.Confirmations },
            TimeSpan.FromSeconds(_options.Chain.ObserveSeconds)));
        services.AddSingleton(TokenPrices.Read(_options.Settlement, "settlement"));
    }

    private EdgeOptions Edge(AccountantOnChain? onChain, ChannelPolicy policy, OpeningPolicy opening) => new()
    {
        Terms = onChain is null || !_roles.Contains(NodeRoles.Edge) ? null : new AccountantTerms(
            onChain.ChainId, onChain.Accountant, onChain.Registry, onChain.Token, onChain.ConsumerChannelImplementation, policy)
        {
            Opening = opening,
        },
        SendsTransactions = _roles.Contains(NodeRoles.Maker),
        Limits = MakerLimits(_options.Maker),
        Endpoint = ReadEndpoint(_options.Edge.Listen),
        Tls = ReadTls(_options.Edge),
        AllowPlainText = _options.Edge.AllowPlainText,
    };

    // A minute's worth may come at once.
    private static EdgeLimits MakerLimits(NodeConfiguration.MakerSection? maker)
    {
        var limits = new EdgeLimits();
        return maker is null ? limits : limits with
        {
            JobsPerMinute = maker.JobsPerMinute,
            JobsPerAddress = Math.Max(limits.JobsPerAddress, maker.JobsPerMinute),
            MakerCallsPerMinute = maker.CallsPerMinute,
            MakerCallsPerAddress = Math.Max(limits.MakerCallsPerAddress, maker.CallsPerMinute),
        };
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

    private static IPEndPoint ReadEndpoint(string text) =>
        IPEndPoint.TryParse(text, out var endpoint) ? endpoint : throw new ConfigurationException($"edge.listen is no address and port: {text}");
}
