using System.Globalization;
using CsCheck;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Protocol.Tests.Pacts.Terms;

public sealed class PactTermsTextTests
{
    private static readonly string Whole = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "pacts", "every-field.pact"));

    private static readonly string[] Least =
    [
        "pact \"Least\"", "stop acceleration of AI research by AI", "trigger some", "prepare within 1 day", "notice 0 days", "cure 1 day",
        "rulings within 1 day", "withdraw with 0 days of notice", "blackout 0 days", "probation 0 days", "release by all members",
    ];

    [Fact]
    public void A_canonical_text_is_read_and_written_unchanged() =>
        Assert.Equal(Whole, PactTermsText.Format(PactTermsText.Parse(Whole).OrThrow()));

    [Fact]
    public void What_is_optional_can_be_left_out()
    {
        PactTerms terms = PactTermsText.Parse(string.Join('\n', Least)).OrThrow();

        Assert.Null(terms.MaximumDuration);
        Assert.Equal(new ReleaseRule(ByTrigger: false, MembersPercent: 100), terms.Life!.Release);
        Assert.Null(terms.Life.Silence);
        Assert.Null(terms.Life.Seal);
    }

    [Fact]
    public void Lines_may_stand_in_any_order_after_the_first() => Gen.Shuffle(Whole.Split('\n')[1..]).Hold(500, rest =>
    {
        // Stops, allowances and lifting steps keep the order in which they are written.
        string[] ordered = [.. rest.OrderBy(l => l.TrimStart().StartsWith("stop", StringComparison.Ordinal) || l.TrimStart().StartsWith("allow", StringComparison.Ordinal) || l.TrimStart().StartsWith("lift", StringComparison.Ordinal) ? Array.IndexOf(Whole.Split('\n'), l) : -1)];
        Assert.Equal(Whole, PactTermsText.Format(PactTermsText.Parse(Whole.Split('\n')[0] + "\n" + string.Join('\n', ordered)).OrThrow()));
    });

    [Fact]
    public void The_scope_in_words_is_that_of_the_lines()
    {
        PactScope scope = PactTermsText.Parse(Whole.Replace("trigger ", "stop training runs above 3e25 FLOP\ntrigger ", StringComparison.Ordinal)).OrThrow().Scope;

        Assert.Equal(
            "training runs above 1e26 FLOP; runs of kind pretraining, post-training; acceleration of AI research by AI; clusters above 100000 accelerators; "
            + "anything that a member's board would call a frontier run; training runs above 3e25 FLOP",
            scope.Text);
        Assert.Equal(3e25, scope.TrainingComputeAbove);
        Assert.Equal(["inference", "safety work", "run eval-7 of sample-ash", "replies to regulators"], scope.StaysAllowed);
    }

    [Fact]
    public void All_faults_are_told_at_once_each_with_its_line_and_field()
    {
        string written = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "pacts", "bad.pact"));
        string approved = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata", "pacts", "bad.pact.faults"));

        Assert.Equal(approved, string.Join('\n', PactTermsText.Parse(written).Faults) + "\n");
    }

    [Theory]
    [InlineData("prepare", "prepare within 366 days", "line 4, prepare: `366` days is not a length that a pact may have; give 1 to 365 days")]
    [InlineData("notice", "notice 3651 days", "line 5, notice: `3651` days is not a length that a pact may have; give 0 to 3650 days")]
    [InlineData("blackout", "blackout 10 days\nsilence 5 days", "line 10, silence: nobody owes evidence, so that nobody can be silent; add a line such as `owe heartbeat every 1 day`, or leave `silence` out")]
    [InlineData("blackout", "blackout 10 days\ntell a coarse count", "line 10, tell: there are no sealed commitments to tell about; add `seal`, or leave `tell` out")]
    [InlineData("release", "release by 101% of members", "line 11, release: `101` is not a share of members in per cent; give a whole number from 1 to 100")]
    [InlineData("release", "release by all members\nrelease by 50% of members", "line 12, release: there are two shares of members that release; give one")]
    [InlineData("release", "", "release: nothing releases the pact; add `release by trigger`, `release by all members` or both")]
    [InlineData("stop", "", "stop: nothing stops; add a line such as `stop training runs above 1e26 FLOP`")]
    [InlineData("trigger", "", "trigger: the pact does not say `trigger`; add a line such as `trigger self-improvement`")]
    [InlineData("cure", "cure 1 day\ncure 2 days", "line 7, cure: `cure` stands twice; leave out this line or line 6")]
    [InlineData("probation", "probation 0 days\nlift to 50% after 1 day\nlift to 60% after 1 day", "line 12, lift: `60` per cent is no step down from `50`; let the steps fall from 99 to 1 per cent; the end of the pause after the last one is understood")]
    [InlineData("probation", "probation 0 days\nseal with 3 of a, b", "line 11, seal: `3` of 2 trustees can never be; let 2 of the trustees or more, up to all of them, open what is sealed: one alone would know everything")]
    [InlineData("probation", "probation 0 days\nseal with 1 of a, b", "line 11, seal: `1` of 2 trustees can never be; let 2 of the trustees or more, up to all of them, open what is sealed: one alone would know everything")]
    [InlineData("probation", "probation 0 days\nseal with some of a, b\ntell a coarse count", "line 11, column 11, seal: found `some` where a whole number was expected; write it as in `seal with 2 of sample-maple, sample-oak, sample-pine`")]
    public void What_is_out_of_range_is_refused_at_its_line(string field, string instead, string fault) =>
        Assert.Equal(fault, Assert.Single(PactTermsText.Parse(With(field, instead)).Faults).ToString());

    [Theory]
    [InlineData("stop")]
    [InlineData("allow")]
    [InlineData("count")]
    public void A_pact_has_at_most_32_lines_of_a_kind(string field)
    {
        string Lines(int count) => string.Join('\n', Least.Where(l => field != "stop" || !l.StartsWith("stop", StringComparison.Ordinal)).Concat(
            Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{field} {(field == "count" ? $"pact p{i}" : $"\"x{i}\"")}"))));

        Assert.True(PactTermsText.Parse(Lines(32)).IsGood);
        Assert.Contains("there are 33", Assert.Single(PactTermsText.Parse(Lines(33)).Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pact_has_at_most_16_trustees() => Assert.Equal(
        "line 11, seal: there are 17 trustees, more than 16; name fewer: every sealed commitment carries a share for each",
        Assert.Single(PactTermsText.Parse(With("probation", "probation 0 days\nseal with 3 of " + string.Join(", ", Enumerable.Range(1, 17).Select(i => $"t{i}")))).Faults).ToString());

    [Fact]
    public void A_pact_has_at_most_8192_characters() => Assert.Equal(
        "the pact has 8193 characters, more than 8192; say less, or in fewer words",
        Assert.Single(PactTermsText.Parse(new string(' ', 8193)).Faults).ToString());

    [Theory]
    [InlineData("frontier-labs")]
    [InlineData("labs-and-clouds")]
    [InlineData("states")]
    public void A_template_is_canonical_but_for_its_comment_and_its_commitment_is_good(string name)
    {
        string template = Sample(name + ".pact");
        string[] lines = template.Split('\n');

        Assert.StartsWith("# ", lines[0], StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', lines[1..]), PactTermsText.Format(PactTermsText.Parse(template).OrThrow()));
        Assert.NotEmpty(CommitmentText.Parse(Sample(name + ".commitment")).OrThrow().Steps);
    }

    [Fact]
    public void Terms_of_version_1_have_no_text() => Assert.Throws<ArgumentException>(() => PactTermsText.Format(Given.Terms));

    [Fact]
    public void No_text_makes_the_reader_throw() => Mutations.Of([Whole, string.Join('\n', Least)]).Hold(100_000, text =>
    {
        Parsed<PactTerms> read = PactTermsText.Parse(text);
        if (read.IsGood)
        {
            string canonical = PactTermsText.Format(read.Value);
            Assert.Equal(canonical, PactTermsText.Format(PactTermsText.Parse(canonical).OrThrow()));
        }
        else
        {
            Assert.All(read.Faults, f => Assert.True(f.Message.Length > 0 && f.Remedy.Length > 0));
        }
    });

    private static string With(string field, string instead) =>
        string.Join('\n', Least.Select(l => l.StartsWith(field, StringComparison.Ordinal) ? instead : l).Where(l => l.Length > 0));

    private static string Sample(string name)
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Standstill.slnx")))
        {
            folder = folder.Parent!;
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "samples", "pacts", "templates", name));
    }
}
