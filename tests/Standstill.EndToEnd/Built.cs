using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

// Each test has processes of its own and wants both cores.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Standstill.EndToEnd;

/// <summary>The program as it was built, next to the tests, in the same configuration.</summary>
internal static class Built
{
    /// <summary>Where the repository is.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The command's assembly.</summary>
    public static string Program { get; } = FindProgram();

    /// <summary>How to start the command with some arguments.</summary>
    public static ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>An address on this machine where nobody listens, below the ports that outgoing connections take.</summary>
    public static Uri FreeAddress()
    {
        while (true)
        {
            var port = Random.Shared.Next(12_000, 32_000);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return new Uri($"http://127.0.0.1:{port}/");
            }
            catch (SocketException)
            {
                // Taken: try the next.
            }
        }
    }

    private static string FindRoot(string from) =>
        File.Exists(Path.Combine(from, "Standstill.slnx")) ? from
        : Path.GetDirectoryName(from.TrimEnd(Path.DirectorySeparatorChar)) is { } above ? FindRoot(above)
        : throw new InvalidOperationException("the tests are not within the repository");

    private static string FindProgram()
    {
        var own = Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var candidates = new[] { own, "release", "debug" }.Select(c => Path.Combine(Root, "artifacts", "bin", "Standstill.Cli", c, "standstill.dll"));
        return candidates.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("the command is not built");
    }
}
