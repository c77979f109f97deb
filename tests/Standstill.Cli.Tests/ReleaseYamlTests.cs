using CsCheck;
using Standstill.Cli.Commands.Capability;

namespace Standstill.Cli.Tests;

public sealed class ReleaseYamlTests
{
    private const string Good = "note: {a: [1, 2]}\ndate:\n  old one: 2024-01-31\n  \"new\": 2025-02-01\n";

    [Fact]
    public void The_map_of_dates_is_read_and_other_keys_are_passed_over()
    {
        var days = ReleaseYaml.Read("r.yaml", Good);
        Assert.Equal(2, days.Count);
        Assert.Equal((new DateOnly(2024, 1, 31), new DateOnly(2025, 2, 1)), (days["old one"], days["new"]));
    }

    [Theory]
    [InlineData("", "`r.yaml`: there is no map `date`; write `date:` and beneath it `alias: 2026-03-05`")]
    [InlineData("- a\n", "`r.yaml`: there is no map `date`; write `date:` and beneath it `alias: 2026-03-05`")]
    [InlineData("date: 2024-01-01\n", "`r.yaml`: there is no map `date`; write `date:` and beneath it `alias: 2026-03-05`")]
    [InlineData("date:\n  ? {a: b}\n  : 2024-01-01\n", "`r.yaml`: line 2: an alias is a plain word; write `date:` and beneath it `alias: 2026-03-05`")]
    [InlineData("date:\n  a: [1]\n", "`r.yaml`: line 2: it is not a date; write it as yyyy-MM-dd")]
    [InlineData("date:\n  a: 2024-13-01\n", "`r.yaml`: line 2: `2024-13-01` is not a date; write it as yyyy-MM-dd")]
    [InlineData("date:\n  a: 2024-01-01\n  a: 2024-01-01\n", "`r.yaml`: line 3: `a` appears twice; keep one line")]
    public void Something_else_is_refused_with_its_place(string text, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => ReleaseYaml.Read("r.yaml", text)).Message);

    [Fact]
    public void Depth_does_not_end_the_process() =>
        Assert.Throws<UsageException>(() => ReleaseYaml.Read("r.yaml", "other: " + new string('[', 50_000)));

    [Fact]
    public void No_mutation_makes_reading_throw_anything_but_a_refusal() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Char[" \n:-[]{}&*!|>'\"%@`#?,a2\t"], Gen.Int[0, 6]).Array[1, 4].Sample(
            edits =>
            {
                var text = Good;
                foreach (var (at, letter, times) in edits)
                {
                    text = text.Insert(Math.Min(at, text.Length), new string(letter, times));
                }

                try
                {
                    ReleaseYaml.Read("r.yaml", text);
                }
                catch (UsageException refusal)
                {
                    Assert.StartsWith("`r.yaml`: ", refusal.Message, StringComparison.Ordinal);
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 100_000,
            threads: 1);
}
