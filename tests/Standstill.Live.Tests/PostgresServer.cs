using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;
using Standstill.Live.Tests;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Standstill.Live.Tests;

/// <summary>A real PostgreSQL of these tests' own: Debian's binaries, a data directory in the temporary folder, and a socket in it.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Socket = "5432";
    private const int Interrupt = 2;
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"standstill-pg-{Guid.NewGuid().ToString("N")[..8]}");
    private Process? server;
    private int databases;

    public async ValueTask InitializeAsync()
    {
        var bin = Directory.GetDirectories("/usr/lib/postgresql").Order().Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            ?? throw new InvalidOperationException("PostgreSQL is needed: apt-get install postgresql");
        Directory.CreateDirectory(directory);
        if (AsRoot)
        {
            // PostgreSQL refuses to run as root.
            await RunAsync("chown", "postgres", directory);
        }

        await RunAsync(As(Path.Combine(bin, "initdb"), "--pgdata", directory + "/data", "--username", "live", "--auth", "trust", "--no-sync"));
        server = Process.Start(Start(As(
            Path.Combine(bin, "postgres"), "-D", directory + "/data", "-k", directory, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200", "-c", "logging_collector=off")))!;
        _ = server.StandardError.ReadToEndAsync();
        _ = server.StandardOutput.ReadToEndAsync();
        await WaitAsync();
    }

    /// <summary>A connection to a database that nobody else uses.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        var name = $"live{Interlocked.Increment(ref databases)}";
        await using var source = NpgsqlDataSource.Create(Connection("postgres"));
        await using var command = source.CreateCommand($"create database {name}");
        await command.ExecuteNonQueryAsync();
        return Connection(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is { HasExited: false })
        {
            Assert.Equal(0, Kill(server.Id, Interrupt));
            await server.WaitForExitAsync();
        }

        server?.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static bool AsRoot => Environment.UserName == "root";

    private string Connection(string database) => $"Host={directory};Port={Socket};Username=live;Database={database}";

    /// <summary>Asks until the server answers: it has no other way to say that it is ready.</summary>
    private async Task WaitAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Connection("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (tries < 300 && server is { HasExited: false })
            {
                await Task.Delay(100);
            }
        }
    }

    private static string[] As(params string[] command) => AsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", .. command] : command;

    private static ProcessStartInfo Start(string[] command) =>
        new(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(Start(command))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Join(' ', command) + ": " + await output + await error);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}
