using System.Text.Json;
using System.Text.Json.Nodes;
using Standstill.Cli.Commands;
using Standstill.Cli.Demo;
using Standstill.Measurement;
using Standstill.Node;
using Standstill.Protocol;

namespace Standstill.Cli.Tests;

/// <summary>The example of the documents runs, on a ledger made of the samples.</summary>
public sealed class LibraryExampleTests
{
    [Fact]
    public void Two_labs_that_wait_for_each_other_are_bound_together() =>
        Assert.Equal("sample-ash, sample-birch", string.Join(", ", LibraryExample.TwoLabs().Members));

    [Fact]
    public void The_sample_runs_give_nine_horizons_and_a_date()
    {
        using var file = File.OpenRead(SamplesTests.At("samples/capability/runs.jsonl"));
        var lines = HorizonExample.WhenAWeek(file, new Seed(new byte[32]));
        Assert.Equal(2 + 9 + 2, lines.Count); // notes, agents, the date and a warning
        Assert.Contains("sample-reed-1: 4.4 minutes", lines);
        Assert.Equal("that is beyond the longest task of the suite", lines[^1]);
    }

    [Fact]
    public async Task The_samples_make_a_ledger_on_which_two_labs_are_bound_at_one_entry()
    {
        var data = Path.Combine(Path.GetTempPath(), $"standstill-{Guid.NewGuid():N}");
        try
        {
            var settings = new NodeSettings(data, new Uri("http://127.0.0.1:0"), SampleRegistry.Origin, UpCommand.DefaultCharter(), TimeProvider.System);
            string log;
            await using (var node = await StandstillNode.StartAsync(settings, TestContext.Current.CancellationToken))
            {
                log = node.Current.World.Charter!.Log;
                await TellAsync(node);
            }

            Assert.Equal(
                ["sample-ash is bound by sample-pause since entry 10", "sample-birch is bound by sample-pause since entry 10"],
                await LibraryExample.WhoIsBoundAsync(data, log));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task TellAsync(StandstillNode node)
    {
        using var http = new HttpClient { BaseAddress = node.Address };
        var registry = node.Current.World.Registry!.Value;
        using var ash = new Voice(new PartyId("sample-ash"), http, TimeProvider.System);
        using var birch = new Voice(new PartyId("sample-birch"), http, TimeProvider.System);
        await ash.EnrolAsync(registry, Sample("party-enrolled"), _ => Task.CompletedTask);
        await birch.EnrolAsync(registry, Sample("party-enrolled"), _ => Task.CompletedTask);
        await ash.SayAsync(registry, "trigger-proposed", Sample("trigger-proposed"));
        await ash.SayAsync(registry, "pact-opened", Sample("pact-opened"));
        foreach (var commitment in Pact("two-labs"))
        {
            var voice = commitment!["party"]!.GetValue<string>() == "sample-ash" ? ash : birch;
            await voice.SayAsync(registry, "commitment", new { pact = "sample-pause", condition = commitment["condition"]!.GetValue<string>() });
        }
    }

    private static JsonElement Sample(string type) => JsonElement.Parse(File.ReadAllText(SamplesTests.At($"samples/statements/{type}.json")));

    private static JsonArray Pact(string name) => JsonNode.Parse(File.ReadAllText(SamplesTests.At($"samples/pacts/{name}.json")))!["commitments"]!.AsArray();
}
