using System.ComponentModel.DataAnnotations;

namespace AccountantCluster.Node.Configuration;

/// <content>The transaction maker's part.</content>
public sealed partial class NodeConfiguration
{
    /// <summary>
    /// What a transaction maker asks and takes on. It listens where <c>edge</c> says, needs the chain's <c>registry</c> and a key of its
    /// own with ether, and nothing of an accountant.
    /// </summary>
    public sealed class MakerSection : ISendingKey, ITokenWorth
    {
        /// <summary>
        /// Path of a keystore file (Web3 Secret Storage, version 3) with the key that sends and pays for gas. No other key of the node:
        /// nobody else may send with it.
        /// </summary>
        public string? Keystore { get; init; }

        /// <summary>Path of a file that holds its password, or <c>-</c>, after the operator's and settlement's.</summary>
        public string? PasswordFile { get; init; }

        /// <summary>Address of a program that keeps that key instead, as for <c>settlement.signer</c>.</summary>
        public string? Signer { get; init; }

        /// <summary>The key's address there.</summary>
        public string? Sender { get; init; }

        /// <summary>Who is paid, an address whose key may be anywhere; the sender's own where none is named.</summary>
        public string? Receiver { get; init; }

        /// <summary>
        /// What 10^18 base units of the token are worth, in wei. This or <see cref="PriceFile"/>: fees are asked in tokens.
        /// </summary>
        public string? WeiPerToken { get; init; }

        /// <summary>Path of a file with that number instead, which something of the operator's writes anew as markets move.</summary>
        public string? PriceFile { get; init; }

        /// <summary>Hours after which what stands there counts as unknown, and no job is taken.</summary>
        [Range(0.01, 8_760)]
        public double PriceMaximumAgeHours { get; init; } = 24;

        /// <summary>What is asked on top of what gas costs now, in per cent: it may cost more when a transaction is mined.</summary>
        [Range(0, 10_000)]
        public int MarginPercent { get; init; } = 50;

        /// <summary>The least fee.</summary>
        [Required]
        public string MinimumFee { get; init; } = "1";

        /// <summary>Seconds for which a quote holds, however gas moves meanwhile.</summary>
        [Range(1, 3_600)]
        public double QuoteSeconds { get; init; } = 120;

        /// <summary>A unit of gas never costs more, in gwei; while the chain asks for more, nothing is sent.</summary>
        [Range(1, 1_000_000)]
        public int MaximumGasGwei { get; init; } = 200;

        /// <summary>Minutes that a job waits for cheaper gas before it is given back.</summary>
        [Range(1, 1_440)]
        public double PatienceMinutes { get; init; } = 30;

        /// <summary>
        /// Jobs that one network address may bring a minute, as many at once, and ten at least; the addresses are those that the node sees,
        /// so that a proxy in front of it needs more.
        /// </summary>
        [Range(1, 100_000)]
        public int JobsPerMinute { get; init; } = 6;

        /// <summary>Other calls of one network address a minute.</summary>
        [Range(1, 1_000_000)]
        public int CallsPerMinute { get; init; } = 60;
    }
}
