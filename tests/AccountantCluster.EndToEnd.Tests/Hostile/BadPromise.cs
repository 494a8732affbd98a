using System.Globalization;
using System.Numerics;
using AccountantCluster.Protocol;
using Google.Protobuf;

namespace AccountantCluster.EndToEnd.Tests.Hostile;

/// <summary>A promise that must not pass, and the name under which it is refused.</summary>
/// <param name="Make">Makes it.</param>
/// <param name="Reason">The reason.</param>
internal sealed record BadPromise(Func<HostileScene, Wire.ConsumerPromise> Make, RejectionReason Reason)
{
    private static readonly BigInteger CurveOrder =
        BigInteger.Parse("00fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // 17 bytes.
    private static readonly ByteString TwoTo128 = ByteString.CopyFrom([1, .. new byte[16]]);

    /// <summary>All of them, by what is wrong.</summary>
    public static IReadOnlyDictionary<string, BadPromise> All { get; } = new Dictionary<string, BadPromise>
    {
        ["a consumer of 19 bytes"] = Spoilt(promise => promise.Consumer = Shorter(promise.Consumer), RejectionReason.Malformed),
        ["no consumer"] = Spoilt(promise => promise.Consumer = ByteString.Empty, RejectionReason.Malformed),
        ["a provider of 21 bytes"] = Spoilt(promise => promise.Provider = Longer(promise.Provider), RejectionReason.Malformed),
        ["a hashlock of 31 bytes"] = Spoilt(promise => promise.Hashlock = Shorter(promise.Hashlock), RejectionReason.Malformed),
        ["an agreement id of 33 bytes"] = Spoilt(promise => promise.AgreementId = Ones(33), RejectionReason.Malformed),
        ["an amount of 33 bytes"] = Spoilt(promise => promise.Amount = Ones(33), RejectionReason.Malformed),
        ["an amount with a leading zero"] = Spoilt(promise => promise.Amount = ByteString.CopyFrom(0, 200), RejectionReason.Malformed),
        ["an amount of 0"] = new(scene => scene.Promise(scene.Known, amount: 0, total: 200), RejectionReason.AmountOutOfRange),
        ["an amount of 0, written out"] = Spoilt(promise => promise.Amount = ByteString.CopyFrom(0), RejectionReason.AmountOutOfRange),
        ["an amount of 2^128"] = Spoilt(promise => promise.Amount = TwoTo128, RejectionReason.AmountOutOfRange),
        ["an agreement total of 0"] = new(scene => scene.Promise(scene.Known, amount: 200, total: 0), RejectionReason.AmountOutOfRange),
        ["an agreement total of 2^128"] = Spoilt(promise => promise.AgreementTotal = TwoTo128, RejectionReason.AmountOutOfRange),
        ["no signature"] = Spoilt(promise => promise.Signature = ByteString.Empty, RejectionReason.InvalidSignature),
        ["a signature of 64 bytes"] = Spoilt(promise => promise.Signature = Shorter(promise.Signature), RejectionReason.InvalidSignature),
        ["a signature of 66 bytes"] = Spoilt(promise => promise.Signature = Longer(promise.Signature), RejectionReason.InvalidSignature),
        ["v = 29"] = Spoilt(promise => promise.Signature = WithV(promise.Signature, 29), RejectionReason.InvalidSignature),
        ["v = 0"] = Spoilt(promise => promise.Signature = WithV(promise.Signature, 0), RejectionReason.InvalidSignature),
        ["the wrong v"] = Spoilt(promise => promise.Signature = WithWrongV(promise.Signature), RejectionReason.InvalidSignature),
        ["the wrong v, of a consumer whose key the node does not know yet"] =
            Spoilt(promise => promise.Signature = WithWrongV(promise.Signature), RejectionReason.InvalidSignature, scene => scene.Fresh.Party.Key),
        ["a high s"] = Spoilt(promise => promise.Signature = WithHighS(promise.Signature), RejectionReason.InvalidSignature),
        ["a high s and the v that belongs to it"] =
            Spoilt(promise => promise.Signature = WithWrongV(WithHighS(promise.Signature)), RejectionReason.InvalidSignature),
        ["somebody else's signature"] = new(scene => scene.Promise(scene.Known, 200, 100, signer: scene.Other.Key), RejectionReason.InvalidSignature),
        ["an amount raised after signing"] = Spoilt(promise => promise.Amount = HandSigned.Number(201), RejectionReason.InvalidSignature),
        ["a total raised after signing"] = Spoilt(promise => promise.AgreementTotal = HandSigned.Number(101), RejectionReason.InvalidSignature),
        ["a promise for another chain"] = new(scene => scene.PromiseElsewhere(), RejectionReason.InvalidSignature),
        ["a channel that is not registered"] = new(scene => scene.Promise(scene.Stranger, 200, 100), RejectionReason.UnknownChannel),
        ["an intercepted promise as it is"] = new(scene => scene.Intercepted(), RejectionReason.WrongProvider),
        ["an intercepted promise under the thief's name"] = new(
            scene =>
            {
                var promise = scene.Intercepted();
                promise.Provider = ByteString.CopyFrom(scene.Provider.Identity.ToArray());
                return promise;
            },
            RejectionReason.InvalidSignature),
        ["less than was credited"] = new(scene => scene.Promise(scene.Known, amount: 50, total: 100), RejectionReason.PromiseTooLow),
        ["more than was deposited"] =
            new(scene => scene.Promise(scene.Known, HostileScene.Deposit + 1, HostileScene.Deposit + 1), RejectionReason.Overspend),
        ["more at once than may be unrevealed"] =
            new(scene => scene.Promise(scene.Known, HostileScene.Deposit, HostileScene.AboveExposureLimit), RejectionReason.DeltaTooLarge),
    };

    private static BadPromise Spoilt(
        Action<Wire.ConsumerPromise> spoil, RejectionReason reason, Func<HostileScene, PrivateKey>? consumer = null) => new(
        scene =>
        {
            var promise = scene.Promise(consumer?.Invoke(scene) ?? scene.Known, amount: 200, total: 100);
            spoil(promise);
            return promise;
        },
        reason);

    private static ByteString Shorter(ByteString bytes) => ByteString.CopyFrom(bytes.Span[..^1]);

    private static ByteString Longer(ByteString bytes) => ByteString.CopyFrom([.. bytes.Span, 1]);

    private static ByteString Ones(int length) => ByteString.CopyFrom([.. Enumerable.Repeat((byte)1, length)]);

    private static ByteString WithV(ByteString signature, byte v) => ByteString.CopyFrom([.. signature.Span[..^1], v]);

    private static ByteString WithWrongV(ByteString signature) => WithV(signature, (byte)(27 + 28 - signature[^1]));

    private static ByteString WithHighS(ByteString signature)
    {
        var high = CurveOrder - new BigInteger(signature.Span[32..64], isUnsigned: true, isBigEndian: true);
        var digits = high.ToByteArray(isUnsigned: true, isBigEndian: true);
        return ByteString.CopyFrom([.. signature.Span[..32], .. new byte[32 - digits.Length], .. digits, signature[^1]]);
    }
}
