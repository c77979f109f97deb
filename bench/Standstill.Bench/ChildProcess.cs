using System.Diagnostics;

namespace Standstill.Bench;

/// <summary>A program that is measured from outside.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    /// <summary>The built `standstill`, beside this program.</summary>
    public static string Standstill { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Standstill.Cli/release/standstill.dll"));

    /// <summary>Starts a .NET program with as many cores as are given.</summary>
    public static ChildProcess Start(int cores, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] line = cores < Environment.ProcessorCount && OperatingSystem.IsLinux()
            ? ["taskset", "-c", $"0-{cores - 1}", "dotnet", program, .. arguments]
            : ["dotnet", program, .. arguments];
        start.FileName = line[0];
        foreach (var argument in line.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        // As the `standstill` script runs it.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_PROCESSOR_COUNT"] = cores.ToString();
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, e) => Console.Error.Write(e.Data is null ? "" : e.Data + "\n");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process);
    }

    /// <summary>Waits for the program to end by itself.</summary>
    /// <exception cref="InvalidOperationException">It ended badly.</exception>
    public void WaitForSuccess()
    {
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"`{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}` ended with {process.ExitCode}");
        }
    }

    /// <summary>Asks a server for a page until it gives it. The time since the call.</summary>
    public async Task<TimeSpan> UntilServedAsync(HttpClient http, Uri page)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"the server ended with {process.ExitCode} before it answered");
            }

            try
            {
                using var answer = await http.GetAsync(page);
                if (answer.IsSuccessStatusCode)
                {
                    return Stopwatch.GetElapsedTime(start);
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(10);
        }
    }

    /// <summary>Resident and private memory, MB (10⁶ bytes), from /proc.</summary>
    public (double Resident, double Private) Memory()
    {
        var kibibytes = File.ReadLines($"/proc/{process.Id}/smaps_rollup")
            .Skip(1)
            .Select(l => l.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries))
            .ToDictionary(w => w[0], w => long.Parse(w[1]), StringComparer.Ordinal);
        return (kibibytes["Rss"] * 1024 / 1e6, (kibibytes["Private_Clean"] + kibibytes["Private_Dirty"]) * 1024 / 1e6);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
