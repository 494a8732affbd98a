namespace AccountantCluster.Cli.Demo;

/// <summary>The demo found something that must not be; the message is one sentence for a person.</summary>
internal sealed class DemoFailedException : Exception
{
    /// <summary>A failure with that message.</summary>
    public DemoFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
