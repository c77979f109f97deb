using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Standstill.Live.Tests;

/// <summary>The tests; or, started as `silo CONNECTION CLUSTER`, one silo that a test can kill.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) =>
        args is ["silo", var connection, var cluster] ? SiloProcess.RunAsync(connection, cluster)
        : args.Any(a => a is "-automated" or "@@") ? ConsoleRunner.Run(args)
        : TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
