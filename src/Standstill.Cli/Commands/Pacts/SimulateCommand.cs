using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Cli.Demo;
using Standstill.Node;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Pacts;

/// <summary>`standstill pact simulate`: the story of a world file, told by the engine that folds ledgers.</summary>
internal static class SimulateCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "A world file with a `pact` and a `story`, see samples/pacts/worlds; `-` for standard input" };
        var json = Inputs.Json();
        var pages = new Option<bool>("--pages") { Description = "Say everything as signed statements to a node of its own, and keep its pages up until you stop it" };
        var listen = new Option<string>("--listen")
        {
            Description = "With --pages: where they are",
            DefaultValueFactory = _ => NodeSettings.DefaultListen.ToString().TrimEnd('/'),
        };
        var command = new Command("simulate", """
            Play the story of a world file: who commits, is bound, falls silent, breaks, is freed, comes back, is released

            Each event goes through the rules that a ledger is folded by; one that they refuse is told with the reason. Exit status 0
            when the story ends with somebody bound or with a release, 1 when nobody is bound in the end.

            Examples:
              standstill pact simulate samples/pacts/worlds/two-labs.json
              standstill pact simulate samples/pacts/worlds/cascade.json --json
              standstill pact simulate samples/pacts/worlds/veto.json --pages
            """) { file, json, pages, listen };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(file)!;
            var world = PactWorld.Read(path);
            if (world.Terms is null)
            {
                throw new UsageException($"`{path}`: it has no `pact`, so there is no life to follow; give its terms, or ask `standstill pact solve`");
            }

            if (world.Story.IsEmpty && !parsed.GetValue(pages))
            {
                throw new UsageException($"`{path}`: it has no `story` to play; ask `standstill pact explain`, or see it on pages with --pages");
            }

            if (parsed.GetValue(pages))
            {
                return await ShowAsync(world, Inputs.ParseUrl(parsed.GetValue(listen)!), cancellation);
            }

            var scenes = PactPlay.Of(world);
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonArray([.. scenes.Select(Document)]));
            }
            else
            {
                Print(world, scenes);
            }

            return scenes is [.., { Pact: var last }] && (!last.MembersBound.IsEmpty || last.Stage is PactStage.Released) ? Exit.Good : Exit.Refused;
        });
        return command;
    }

    private static async Task<int> ShowAsync(PactWorld world, Uri listen, CancellationToken cancellation)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"standstill-world-{Guid.NewGuid():N}");
        try
        {
            var clock = new StoryClock(PactPlay.Start);
            await using var node = await StandstillNode.StartAsync(new NodeSettings(directory, listen, SampleRegistry.Origin, WorldStory.Charter(world), clock), cancellation);
            using (var story = new WorldStory(node, clock, world))
            {
                await story.TellAsync();
            }

            clock.Run();
            Output.Line($"The pages stay up at {node.Address}pacts/{WorldStory.PactName} until you press Ctrl+C. Everybody there is INVENTED.");
            await node.WaitAsync(cancellation);
            return Exit.Good;
        }
        finally
        {
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private static void Print(PactWorld world, IReadOnlyList<PactScene> scenes)
    {
        if (world.About is { } about)
        {
            Output.Line(about);
            Output.Line();
        }

        foreach (var scene in scenes)
        {
            Output.Line($"{Heading(scene.Event)}");
            foreach (var change in scene.Changes)
            {
                Output.Line($"    {PactText.Of(change.What)}");
            }

            if (scene.Event.Deed == PactDeed.Trial && scene.Changes.IsEmpty)
            {
                Output.Line("    Nothing is opened: with all that is sealed there would be no coalition that needs it.");
            }

            if (scene.Refused is { } refused)
            {
                Output.Line($"    refused: {refused.Message}; {refused.Remedy}");
            }
        }

        if (scenes is [.., { Pact: var last }])
        {
            Output.Line();
            Output.Line(PactText.Of(last.Stage));
            foreach (var member in last.Members.Values)
            {
                Output.Line("  " + PactText.Of(member));
            }
        }
    }

    /// <summary>The day of an event, the event, and what its file says of it.</summary>
    public static string Heading(PactEvent e) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"day {e.Day:0.##} ({PactPlay.Start.AddDays(e.Day):yyyy-MM-dd}): {Deed(e)}{(e.Deed is PactDeed.Allege or PactDeed.Rule or PactDeed.HandOver || e.Text is null ? "" : $" ({e.Text})")}");

    /// <summary>An event in words.</summary>
    public static string Deed(PactEvent e) => e.Deed switch
    {
        PactDeed.Commit => $"{e.Party} commits",
        PactDeed.Ready => $"{e.Party} says that it is ready",
        PactDeed.Withdraw => $"{e.Party} withdraws",
        PactDeed.Discharge => $"{Words.Of(e.Duty)} of {e.Party}",
        PactDeed.Allege => $"{e.Party} alleges a breach by {e.Against}",
        PactDeed.Rule => $"an inspector rules: {Words.Of(e.Ruling)}",
        PactDeed.Release => $"{e.Party} agrees to end the pause",
        PactDeed.Extend => $"{e.Party} agrees to {e.Figure:0} days more",
        PactDeed.HandOver => $"{e.Party} hands over {e.Text ?? "weights"}",
        PactDeed.Succeed => $"{string.Join(" and ", e.Successors)} come{(e.Successors.Count == 1 ? "s" : "")} in the place of {e.Party}",
        PactDeed.Compute => $"{e.Party} counts {e.Figure:0.##e+0} FLOP/s",
        PactDeed.Assure => e.Figure == 0 ? $"{e.Party} is no longer verified" : $"an inspector judges {e.Party}: {e.Figure:0}%",
        PactDeed.Trigger => e.Figure == 1 ? "the trigger's pause level is met" : "the trigger's pause level is not met",
        PactDeed.TriggerRelease => e.Figure == 1 ? "the trigger's release level is met" : "the trigger's release level is not met",
        PactDeed.Trial => "the trustees try the sealed commitments",
        _ => "time passes",
    };

    private static JsonObject Document(PactScene scene) => new()
    {
        ["day"] = scene.Event.Day,
        ["event"] = Deed(scene.Event),
        ["refused"] = scene.Refused is { } refused ? $"{refused.Message}; {refused.Remedy}" : null,
        ["changes"] = new JsonArray([.. scene.Changes.Select(c => JsonValue.Create(PactText.Of(c.What)))]),
        ["stage"] = PactText.Of(scene.Pact.Stage),
        ["bound"] = SolveCommand.Names(scene.Pact.MembersBound),
    };
}
