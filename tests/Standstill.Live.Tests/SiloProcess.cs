using System.Diagnostics;

namespace Standstill.Live.Tests;

/// <summary>A silo in a process of its own.</summary>
public sealed class SiloProcess : IDisposable
{
    private readonly Process process;

    private SiloProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(40) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static async Task<SiloProcess> StartAsync(string connection, string cluster)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Environment.ProcessPath!, ["silo", connection, cluster]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardInput = true },
        };
        process.Start();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the silo did not start");
        return new SiloProcess(process, new Uri(line));
    }

    /// <summary>What the process does: it tells its address, and runs until its standard input ends, as it does with whoever started it.</summary>
    public static async Task<int> RunAsync(string connection, string cluster)
    {
        await using var host = await LiveHost.StartAsync(
            new LiveSettings { Listen = new Uri("http://127.0.0.1:0"), PostgresConnection = connection, Cluster = cluster }, TimeProvider.System);
        Console.WriteLine(host.Address);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>SIGKILL: nothing is finished, nobody is told.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Lets it leave the cluster.</summary>
    public async Task<int> StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        Http.Dispose();
    }
}
