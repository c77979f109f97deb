using System.Collections.Concurrent;
using System.Diagnostics;

namespace Standstill.EndToEnd;

/// <summary>A node as a process of its own, killed when it is disposed of.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> output = [];
    private readonly ConcurrentQueue<string> errors = [];

    private RunningNode(string data, Uri address, string readyLine, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        Data = data;
        Address = address;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        var start = Built.Start(arguments);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(output, line.Data, readyLine);
        process.ErrorDataReceived += (_, line) => Take(errors, line.Data, null);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its data directory.</summary>
    public string Data { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Asks it.</summary>
    public HttpClient Http { get; }

    /// <summary>What it has written so far.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>What it has complained about so far.</summary>
    public string Errors => string.Join('\n', errors);

    /// <summary>Whether it runs.</summary>
    public bool Runs => !process.HasExited;

    /// <summary>Whether it has said that it listens.</summary>
    public bool IsReady => ready.Task.IsCompletedSuccessfully;

    /// <summary>Starts `standstill up` and does not wait for it.</summary>
    public static RunningNode Begin(string data, Uri address, params string[] further) => Begin(data, address, new Dictionary<string, string>(), further);

    /// <summary>Starts `standstill up` in an environment and does not wait for it.</summary>
    public static RunningNode Begin(string data, Uri address, IReadOnlyDictionary<string, string> environment, params string[] further) =>
        new(data, address, "pages ", environment, ["up", "--data", data, "--listen", address.ToString(), .. further]);

    /// <summary>Starts `standstill up` and waits until it listens.</summary>
    public static async Task<RunningNode> UpAsync(string data)
    {
        var node = Begin(data, Built.FreeAddress());
        return await OrKillAsync(node, TimeSpan.FromMinutes(1));
    }

    /// <summary>Starts `standstill demo` and waits until the story is told.</summary>
    public static async Task<RunningNode> DemoAsync(string data)
    {
        var address = Built.FreeAddress();
        var node = new RunningNode(data, address, "The pages stay up", new Dictionary<string, string>(), "demo", "--data", data, "--listen", address.ToString());
        return await OrKillAsync(node, TimeSpan.FromMinutes(5));
    }

    /// <summary>Starts `standstill pact simulate --pages` and waits until the story is told.</summary>
    public static Task<RunningNode> WorldAsync(string file)
    {
        var address = Built.FreeAddress();
        var node = new RunningNode("", address, "The pages stay up", new Dictionary<string, string>(), "pact", "simulate", file, "--pages", "--listen", address.ToString());
        return OrKillAsync(node, TimeSpan.FromMinutes(2));
    }

    /// <summary>Waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended, or took too long.</exception>
    public async Task ReadyAsync(TimeSpan patience)
    {
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(ready.Task, ended, Task.Delay(patience)) != ready.Task)
        {
            throw new InvalidOperationException($"the node {(process.HasExited ? "ended" : "is not ready")}\n{Output}\n{Errors}");
        }
    }

    /// <summary>Ends it as a loss of power to the process would: SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        Http.Dispose();
        process.Dispose();
    }

    private static async Task<RunningNode> OrKillAsync(RunningNode node, TimeSpan patience)
    {
        try
        {
            await node.ReadyAsync(patience);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    private void Take(ConcurrentQueue<string> lines, string? line, string? readyLine)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        if (readyLine is not null && line.StartsWith(readyLine, StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
