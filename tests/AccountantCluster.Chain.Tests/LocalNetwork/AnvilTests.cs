using System.Globalization;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Chain.Tests.LocalNetwork;

[Collection(LocalNetworkGroup.Name)]
public sealed class AnvilTests(LocalNetworkFixture network)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Anvil_lists_the_keys_that_we_derive()
    {
        await using var anvil = await Anvil.StartAsync(network.Toolchain, new AnvilOptions { FundedAccounts = 40 });

        for (var index = 0; index < anvil.Options.FundedAccounts; index++)
        {
            using var key = DevelopmentAccounts.Key(index);
            var secret = new byte[32];
            key.CopyTo(secret);
            Assert.Contains($"({index}) 0x{Convert.ToHexStringLower(secret)}", anvil.Process.OutputTail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_chain_has_the_id_that_was_asked_for_and_is_gone_after_disposal()
    {
        var anvil = await Anvil.StartAsync(network.Toolchain, new AnvilOptions { ChainId = 4242, BlockTime = TimeSpan.FromSeconds(1) });
        var ask = new ProcessCommand(network.Toolchain.Cast, "chain-id", "--rpc-url", anvil.Endpoint.ToString());

        var answer = await ManagedProcess.RunAsync(ask, Deadline);
        await anvil.DisposeAsync();
        var later = await ManagedProcess.RunAsync(ask, Deadline);

        Assert.Equal(4242.ToString(CultureInfo.InvariantCulture), answer.OutputOrThrow());
        Assert.NotEqual(0, later.ExitCode);
    }

    /// <summary>A chain that kept all of them would fill the disk of whoever runs it for a day.</summary>
    [Fact]
    public async Task Only_states_of_the_newest_blocks_are_kept()
    {
        await using var anvil = await Anvil.StartAsync(network.Toolchain);
        using var client = new JsonRpcEthereumClient(anvil.Endpoint);

        await anvil.MineAsync(blocks: 1_000);

        using var key = DevelopmentAccounts.Key(0);
        Assert.NotEqual(UInt128.Zero, await client.GetBalanceAsync(key.Address, BlockReference.At(900)));
        await Assert.ThrowsAsync<RpcException>(() => client.GetBalanceAsync(key.Address, BlockReference.At(10)));
        Assert.NotNull(await client.GetBlockAsync(BlockReference.At(10)));
    }
}
