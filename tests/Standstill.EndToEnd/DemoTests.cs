using System.Globalization;
using System.Text.RegularExpressions;

namespace Standstill.EndToEnd;

/// <summary>The story as a person sees it at the terminal.</summary>
public sealed class DemoTests
{
    private static readonly string[] Labs = ["sample-ash", "sample-birch", "sample-cedar", "sample-dogwood"];

    private static readonly Regex EntryLine = new(@"^  entry +(?<entry>\d+)  (?<what>\S.*)$", RegexOptions.NonBacktracking);

    [Fact]
    public async Task The_demo_tells_every_step_with_its_entry_and_ends_in_agreement()
    {
        var told = await Command.RunAsync(["demo", "--exit", "--listen", Built.FreeAddress().ToString()]);
        Assert.Equal("", told.Errors);
        Assert.Equal(0, told.Status);
        var lines = told.Output.Split('\n');

        // Three conditions wait for one another; the fourth signature binds all four, at its own entry.
        var commitments = lines.Where(l => l.Contains(" commits on condition: ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, commitments.Length);
        Assert.Equal(Labs, commitments.Select(l => EntryLine.Match(l).Groups["what"].Value.Split(' ')[0]).Order(StringComparer.Ordinal));
        Assert.Equal("              → nobody is bound: everybody still waits for somebody", After(lines, commitments[0]));
        Assert.Equal($"              → from this one entry on all are bound: {string.Join(", ", Labs)}", After(lines, commitments[3]));

        // The pause is called by the published figure that first shows it, and by none before.
        var call = Array.FindIndex(lines, l => l == "              → the trigger's level `pause` is met at this entry");
        Assert.Contains("claude_opus_4_6", lines[call - 1], StringComparison.Ordinal);
        Assert.Matches(EntryLine, lines[call - 1]);
        Assert.Single(lines, l => l.Contains("level `pause` is met", StringComparison.Ordinal));

        InOrder(
            lines,
            "The registry is founded",
            "  entry    0  the operator signs the charter",
            "  entry    3  Ash Intelligence (invented) enrols as lab",
            "is policy from this entry on",
            "Four labs commit",
            "level `watch` is met at this entry",
            "level `warn` is met at this entry",
            "level `pause` is met at this entry",
            "The pact is called",
            "The pause is in force",
            $"              → bound: {string.Join(", ", Labs)}; no training run above 1e26 FLOP",
            "sample-cedar declares a training run of 3e26 FLOP",
            "sample-birch alleges a breach",
            "the inspector upholds it",
            "foretold: If sample-cedar leaves, sample-dogwood is free, sample-ash and sample-birch stay.",
            "sample-cedar is in breach",
            "sample-dogwood is free",
            "still bound: sample-ash, sample-birch",
            "Three small labs put their accelerators under meters",
            "0.1 false alarms a year in each balance",
            "every proof holds, and every sum comes out again from the raw samples",
            "sample-ivy: 2e+21 FLOP within 30 days would be seen with ",
            "Not detectable by these measures within 30 days: ",
            "sample-hazel stops, sample-ivy stops, sample-juniper stops",
            "sample-ivy begins to use one accelerator of 16 by night",
            "The balance alarms",
            "test `loss` of sample-ivy reaches ",
            "from this entry on pacts reckon with an assurance of 0 % at sample-ivy",
            "sample-ivy is free: ",
            "sample-hazel is bound to slow by 50%.",
            "sample-ivy: discrepancy",
            "the node says ",
            "audit over HTTP ",
            "audit of files ",
            "  all three agree");

        var entries = lines.Select(l => EntryLine.Match(l)).Where(m => m.Success).Select(m => int.Parse(m.Groups["entry"].Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(entries.Length > 50, $"{entries.Length} steps");
        Assert.Equal(entries.Order().Distinct(), entries);
    }

    [Fact]
    public async Task The_demo_does_not_touch_a_directory_that_is_there()
    {
        using var directory = new TemporaryDirectory();
        var refused = await Command.RunAsync(["demo", "--exit", "--data", directory.Root]);
        Assert.Equal(2, refused.Status);
        Assert.Equal($"standstill: `{directory.Root}` is there already; the demo begins from nothing, so name another\n", refused.Errors);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Root));
    }

    private static string After(string[] lines, string line) => lines[Array.IndexOf(lines, line) + 1];

    private static void InOrder(string[] lines, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = Array.FindIndex(lines, at, l => l.Contains(part, StringComparison.Ordinal));
            Assert.True(found >= 0, $"`{part}` is not told after line {at}:\n{string.Join('\n', lines)}");
            at = found;
        }
    }
}
