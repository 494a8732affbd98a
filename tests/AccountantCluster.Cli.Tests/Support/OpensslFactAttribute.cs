namespace AccountantCluster.Cli.Tests.Support;

/// <summary>A test that runs a shell script which needs openssl; skipped, with the reason, on machines without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpensslFactAttribute : FactAttribute
{
    public OpensslFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!Array.Exists(folders, folder => File.Exists(Path.Combine(folder, "openssl")))) Skip = "openssl is not installed.";
    }
}
