using System.Text.Json;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Cli.Tests.Compute;

[Collection(Terminal.Name)]
public sealed class ChallengeTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("chunks", 24)]
    [InlineData("accelerators", 100)]
    public async Task The_draw_follows_from_the_latest_checkpoint_and_the_body_is_taken_by_the_ledger(string kind, int population)
    {
        using var story = new ComputeStory();
        story.Day(ComputeStory.Training("llm-1", 2200, 0.4));
        var body = scratch.At("challenge.json");
        var answer = await Terminal.RunAsync("compute", "challenge", story.Ledger, "--challenge", "spring-1", "--area", "sample-birch/hall-1/training", "--kind", kind, "--draw", "4", "--body", body);
        Assert.Equal((0, ""), (answer.Status, answer.Errors));

        var stated = JsonElement.Parse(File.ReadAllBytes(body));
        Assert.True(Digest.TryParse(stated.GetProperty("checkpointRoot").GetString()!, out var root));
        Assert.Equal(story.Told.World.Size, stated.GetProperty("checkpointSize").GetInt64());
        Assert.Contains("  " + string.Join(", ", ChallengeDraw.Positions(root, "spring-1", population, 4)) + "\n", answer.Output, StringComparison.Ordinal);
        Assert.Contains($"4 of {population} {kind}", answer.Output, StringComparison.Ordinal);
        story.Told.Tell("sample-inspector.key", "challenge", stated);
    }

    [Theory]
    [InlineData("--challenge Spring --area sample-birch/hall-1/training", "--challenge: `Spring` is not a name: use ", 2)]
    [InlineData("--challenge s --area hall-1/training", "--area: the registry has no balance area `hall-1/training`; write `party/facility/area`", 2)]
    [InlineData("--challenge s --area sample-birch/hall-1/training --kind serials", "--kind: `serials` is neither `chunks` nor `accelerators`", 2)]
    [InlineData("--challenge s --area sample-birch/hall-1/training --draw 0 --kind accelerators", "--draw: 0 is not from 1 to 10000", 2)]
    [InlineData("--challenge s --area sample-birch/hall-1/training --draw -5 --kind accelerators", "--draw: -5 is not from 1 to 10000", 2)]
    [InlineData("--challenge s --area sample-birch/hall-1/training --due-hours 0", "--due-hours: 0 is not from 1 to 8760", 2)]
    [InlineData("--challenge s --area sample-birch/hall-1/training --plan Plan", "--plan: `Plan` is not a name: use ", 2)]
    [InlineData("--challenge s --area sample-birch/hall-1/training", "`sample-birch/hall-1/training` has no digest yet", 1)]
    public async Task Bad_options_are_named_with_what_to_do(string options, string message, int status)
    {
        using var story = new ComputeStory();
        var answer = await Terminal.RunAsync(["compute", "challenge", story.Ledger, .. options.Split(' ')]);
        Assert.StartsWith($"standstill: {message}", answer.Errors, StringComparison.Ordinal);
        Assert.Equal(status, answer.Status);
    }
}
