namespace Standstill.EndToEnd;

/// <summary>The sample worlds: played by the engine alone and, in signed statements, on a node; both tell the same.</summary>
public sealed class WorldsTests
{
    /// <summary>A world, its exit status, and what a reader must find in it.</summary>
    public static TheoryData<string, string> Stories => new()
    {
        { "two-labs", "sample-ash and sample-birch are bound together, at one instant." },
        { "veto", "sample-dogwood did not confirm in time and drops out." },
        { "sealed", "The sealed commitments of sample-birch and sample-cedar are opened together." },
        { "cascade", "sample-cedar is free: `all of sample-birch` fails without sample-birch." },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_world_is_told_alike_by_the_engine_alone_and_by_a_node_whose_ledger_passes_its_audit(string world, string part)
    {
        var file = World(world);
        var alone = await Command.RunAsync(["pact", "simulate", file]);
        Assert.Equal((0, ""), (alone.Status, alone.Errors));
        Assert.Contains(part, alone.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("refused:", alone.Output, StringComparison.Ordinal);

        await using var node = await RunningNode.WorldAsync(file);
        Assert.Equal(Happenings(alone.Output), Happenings(node.Output));
        var audit = await Command.RunAsync(["audit", node.Address.ToString().TrimEnd('/'), "--json"]);
        Assert.True(audit.Status == 0, audit.Output + audit.Errors);
        foreach (var page in new[] { "", "/what-if", "/timeline" })
        {
            var html = await node.Http.GetStringAsync("pacts/sample-world" + page);
            Assert.Contains("sample-ash", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("thirty", "sample-beech, sample-walnut-cloud")]
    [InlineData("sixty", "sample-beech, sample-lime")]
    public async Task Of_many_parties_the_fewest_further_signatures_are_proven(string world, string signers)
    {
        var explained = await Command.RunAsync(["pact", "explain", World(world), "--seconds", "60"]);

        Assert.Equal((1, ""), (explained.Status, explained.Errors));
        Assert.Contains($"to set it in motion: the signatures of {signers}, and no fewer (proven)", explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_thirty_parties_one_that_signs_is_not_enough_and_two_are()
    {
        var one = await Command.RunAsync(["pact", "what-if", World("thirty"), "--in", "sample-beech"]);
        var two = await Command.RunAsync(["pact", "what-if", World("thirty"), "--in", "sample-beech", "sample-walnut-cloud"]);

        Assert.Equal((0, 0), (one.Status, two.Status));
        Assert.Contains("round 2", one.Output, StringComparison.Ordinal);
        Assert.Contains("sample-alder is out", one.Output, StringComparison.Ordinal);
        Assert.Contains("sample-alder is in", two.Output, StringComparison.Ordinal);
    }

    private static string World(string name) => Path.Combine(Built.Root, "samples", "pacts", "worlds", name + ".json");

    private static string[] Happenings(string output) => [.. output.Split('\n').Where(l => l.StartsWith("    ", StringComparison.Ordinal)).Select(l => l.TrimEnd())];
}
