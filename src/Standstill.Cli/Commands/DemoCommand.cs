using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Standstill.Cli.Demo;
using Standstill.Node;
using Standstill.Protocol;

namespace Standstill.Cli.Commands;

/// <summary>`standstill demo`: the main job on a fresh registry of invented parties, with real published figures.</summary>
internal static class DemoCommand
{
    public static Command Make()
    {
        var exit = new Option<bool>("--exit") { Description = "End after the audit; without it the pages stay up until you stop it" };
        var data = new Option<string?>("--data") { Description = "Keep the ledger in this directory, which must not be there yet; without it in a temporary one" };
        var listen = new Option<string>("--listen")
        {
            Description = "Where the pages are",
            DefaultValueFactory = _ => NodeSettings.DefaultListen.ToString().TrimEnd('/'),
        };
        var command = new Command("demo", """
            Tell the whole story on a sample registry of invented parties

            Conditional commitments, a trigger that fires on real published figures, a pause, a breach; then accelerators
            under meters, a quiet diversion, an alarm, an inspection, a pact that loosens; and an audit from the outside.

            Examples:
              standstill demo
              standstill demo --exit
            """) { exit, data, listen };
        command.SetAction(async (parsed, cancellation) =>
        {
            var directory = parsed.GetValue(data);
            if (directory is not null && Directory.Exists(directory))
            {
                throw new UsageException($"`{directory}` is there already; the demo begins from nothing, so name another");
            }

            var temporary = directory is null;
            directory ??= Path.Combine(Path.GetTempPath(), $"standstill-demo-{Guid.NewGuid():N}");
            try
            {
                // A demo that ends by itself needs no port that anybody knows, and must not trip over one that stays up.
                var chosen = parsed.GetValue(exit) && parsed.GetResult(listen) is not { Implicit: false } ? "http://127.0.0.1:0" : parsed.GetValue(listen)!;
                return await RunAsync(directory, Inputs.ParseUrl(chosen), parsed.GetValue(exit), cancellation);
            }
            finally
            {
                if (temporary && Directory.Exists(directory))
                {
                    Directory.Delete(directory, recursive: true);
                }
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(string directory, Uri listen, bool exit, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var clock = new StoryClock(new DateTimeOffset(2019, 2, 1, 9, 0, 0, TimeSpan.Zero));
        var settings = new NodeSettings(directory, listen, SampleRegistry.Origin, SampleRegistry.Charter(), clock);
        await using var node = await StandstillNode.StartAsync(settings, cancellation);
        Output.Line("Standstill demo: every party is INVENTED and nothing here binds anybody.");
        Output.Line("The capability figures are the real ones that METR published. Time is the story's, not today's.");
        Output.Line($"The pages are live at {node.Address}");
        using (var story = new Story(node, clock))
        {
            await story.TellAsync();
            using var metered = new ComputeStory(node, clock, story.Of("sample-inspector"), story.Of("sample-evaluator"), story.Of("sample-elm-cloud"), Path.Combine(directory, "meters"));
            await metered.TellAsync();
        }

        clock.Run();
        Output.Line("\nAn audit from the outside: another process, with nothing but the ledger's files");
        var claimed = WorldDocument.DigestOf(node.Current.World).Hex;
        var overHttp = await AuditAsync(node.Address.ToString().TrimEnd('/'), cancellation);
        var overFiles = await AuditAsync(Path.Combine(directory, "ledger"), cancellation);
        Output.Line($"  the node says     {node.Current.World.Size} entries, digest {claimed}");
        Output.Line($"  audit over HTTP   {overHttp}");
        Output.Line($"  audit of files    {overFiles}");
        var agree = overHttp == overFiles && overHttp == $"{node.Current.World.Size} entries, digest {claimed}, good";
        Output.Line(agree ? "  all three agree" : "  THEY DO NOT AGREE");
        Output.Line($"\nTold in {watch.Elapsed.TotalSeconds:0.0} s.");
        if (!exit)
        {
            Output.Line($"The pages stay up at {node.Address} until you press Ctrl+C. From another terminal:");
            Output.Line($"  ./standstill audit {node.Address.ToString().TrimEnd('/')}");
            Output.Line($"  ./standstill world {node.Address.ToString().TrimEnd('/')}");
            await node.WaitAsync(cancellation);
        }

        return agree ? Exit.Good : Exit.Refused;
    }

    /// <summary>Runs `standstill audit --json` as a process of its own.</summary>
    private static async Task<string> AuditAsync(string source, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "standstill.dll"));
        }

        foreach (var argument in new[] { "audit", source, "--json" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (output.Length == 0)
        {
            return $"failed with exit status {process.ExitCode}";
        }

        var report = JsonElement.Parse(output);
        return report.GetProperty("good").GetBoolean()
            ? $"{report.GetProperty("size")} entries, digest {report.GetProperty("digest").GetString()}, good"
            : $"WRONG: {report.GetProperty("fault")}";
    }
}
