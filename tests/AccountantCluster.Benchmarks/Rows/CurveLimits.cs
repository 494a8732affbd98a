using AccountantCluster.Benchmarks.World;
using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.Rows;

/// <summary>Signatures on one core: the least that a promise can cost.</summary>
internal static class CurveLimits
{
    public static IEnumerable<Limit> Measure(int operations)
    {
        var curve = Curve.Default;
        using var key = BenchmarkAccountant.Key(2);
        var digests = Enumerable.Range(0, operations)
            .Select(number => Keccak256.Hash(Bytes32.FromUInt128((UInt128)number).ToArray()))
            .ToArray();
        var signatures = new Signature[operations];
        yield return Measure("sign", i => signatures[i] = curve.Sign(digests[i], key));
        yield return Measure("verify with a known key", i => Must(curve.Verify(digests[i], signatures[i], key.PublicKey)));
        yield return Measure("recover the signer", i => Must(curve.TryRecover(digests[i], signatures[i], out _)));

        Limit Measure(string what, Action<int> operation)
        {
            // Once to warm up.
            for (var i = 0; i < operations; i++) operation(i);
            var begin = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < operations; i++) operation(i);
            return new Limit($"{curve.Name}, one core: {what}", operations / TimeProvider.System.GetElapsedTime(begin).TotalSeconds);
        }

        static void Must(bool holds)
        {
            if (!holds) throw new InvalidOperationException("A good signature was refused.");
        }
    }
}
