using System.Diagnostics;
using System.Text.Json;

namespace Standstill.EndToEnd;

/// <summary>What a finished command left behind.</summary>
internal sealed record Finished(int Status, string Output, string Errors)
{
    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Output);
}

/// <summary>Runs the built command to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs it with arguments that hold no spaces.</summary>
    public static Task<Finished> RunAsync(string line, string input = "", string? directory = null) =>
        RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), input, directory);

    /// <summary>Runs it.</summary>
    public static async Task<Finished> RunAsync(
        string[] arguments, string input = "", string? directory = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = Built.Start(arguments);
        start.WorkingDirectory = directory ?? "";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var stop = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(stop.Token);
            var errors = process.StandardError.ReadToEndAsync(stop.Token);
            await FeedAsync(process, input);
            await process.WaitForExitAsync(stop.Token);
            return new Finished(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static async Task FeedAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: what it says about that is in the result.
        }
    }
}
