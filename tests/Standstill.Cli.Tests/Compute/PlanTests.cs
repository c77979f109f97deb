using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Tests.Compute;

[Collection(Terminal.Name)]
public sealed class PlanTests : IDisposable
{
    // docs/compute/inspections.md, whose figures other tests compute.
    private const string ThreeKinds = "name,items,worth,cost,identification\nH100,20000,1,1,1\nB200,8000,2,1.5,1\nA100,30000,1,0.5,1\n";
    private const string TwoHalls = """[{"name":"hall-1/training","items":2000,"worth":1,"cost":1,"identification":1},{"name":"hall-2/training","items":500,"worth":2,"cost":2,"identification":0.9}]""";
    private const string Year = " --visits 12 --from 2026-01-01 --to 2026-12-26 --days 60";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    // Sizes of Standstill's page on inspections; 282 and 283 are jfa's and the classical formula's.
    [Fact]
    public async Task A_sample_is_shown_exact_and_by_both_formulas()
    {
        var answer = await Terminal.SayAsync("compute plan sample --population 8000 --defects 64");
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        Assert.StartsWith("exact, hypergeometric 282 0.9", answer.Line("exact"), StringComparison.Ordinal);
        Assert.StartsWith("classical, N·(1 − β^(1/r))/q 283 0.9", answer.Line("classical"), StringComparison.Ordinal);
        Assert.Contains(" 282 ", answer.Line("improved"), StringComparison.Ordinal);

        var json = (await Terminal.SayAsync("compute plan sample --population 8000 --defects 64 --identification 0.8 --json")).Json;
        Assert.Equal((353, 354), (json.GetProperty("sample").GetInt32(), json.GetProperty("classical").GetInt32()));
    }

    [Fact]
    public async Task Where_no_sample_is_enough_the_status_is_1()
    {
        var answer = await Terminal.SayAsync("compute plan sample --population 10 --defects 1 --identification 0.5");
        Assert.Equal(1, answer.Status);
        Assert.Equal("exact, hypergeometric none is enough 0.5 by looking at all", answer.Line("exact"));
        Assert.EndsWith("18 more than there are", answer.Line("classical"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strata_share_one_budget_as_on_the_page()
    {
        var answer = await Terminal.RunAsync("compute", "plan", "strata", scratch.Write("strata.csv", ThreeKinds), "--budget", "1200", "--goal", "100");
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        Assert.Equal("H100 20,000 1 1 1 409 10", answer.Line("H100"));
        Assert.Equal("B200 8,000 2 1.5 1 323 25", answer.Line("B200"));
        Assert.Contains("found with 0.8732", answer.Line("one visit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_visits_has_its_detection_and_shows_its_dates_to_who_knows_the_seed_alone()
    {
        var file = scratch.Write("halls.json", TwoHalls);
        var hidden = await Terminal.SayAsync($"compute plan strata {file} --budget 150 --goal 60{Year}");
        Assert.Equal((0, ""), (hidden.Status, hidden.Errors));
        Assert.Contains("found with 0.8907", hidden.Line("one visit"), StringComparison.Ordinal);
        Assert.EndsWith("a diversion of 60 days is found with 0.9664", hidden.Line("plan"), StringComparison.Ordinal);
        Assert.StartsWith("dates not drawn", hidden.Line("dates"), StringComparison.Ordinal);

        var drawn = await Terminal.SayAsync($"compute plan strata {file} --budget 150 --goal 60{Year} --seed a --json");
        var again = await Terminal.SayAsync($"compute plan strata {file} --budget 150 --goal 60{Year} --seed a --json");
        var other = await Terminal.SayAsync($"compute plan strata {file} --budget 150 --goal 60{Year} --seed b --json");
        Assert.Equal(12, drawn.Json.GetProperty("dates").GetArrayLength());
        Assert.Equal(drawn.Output, again.Output);
        Assert.NotEqual(drawn.Output, other.Output);
    }

    [Fact]
    public async Task The_body_that_is_written_is_an_inspection_plan()
    {
        var (file, body) = (scratch.Write("halls.json", TwoHalls), scratch.At("plan.json"));
        var answer = await Terminal.SayAsync($"compute plan strata {file} --budget 150 --goal 60{Year} --party sample-birch --plan year-2026 --challenges-per-month 2 --chunks 5 --body {body}");
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        Assert.Contains("standstill sign inspection-plan --body", answer.Output, StringComparison.Ordinal);

        Assert.True(StrictJson.TryParse(File.ReadAllBytes(body), out var json, out _));
        var read = Fields.Read(json, "body", PredicateType.FindName("inspection-plan")!.Shape);
        Assert.True(read.IsGood, string.Join('\n', read.Faults));
        var plan = Assert.IsType<InspectionPlanBody>(read.Value);
        Assert.Equal([(72L, 60L), (39L, 30L)], plan.Strata.Select(s => (s.Sample, s.Defects)));
        Assert.Equal((12, 2, 5, 1800.0), (plan.Visits, plan.ChallengesPerMonth, plan.ChunksPerChallenge, plan.Cost));
    }

    [Fact]
    public async Task Three_levels_have_the_samples_of_the_page()
    {
        var answer = await Terminal.SayAsync("compute plan levels --population 8000 --goal-items 64");
        Assert.Equal((0, ""), (answer.Status, answer.Errors));
        Assert.Equal("gross 1 64 0.3 0.6306 448 449 0.9519", answer.Line("gross"));
        Assert.Equal("partial 0.25 256 0.05 0.9772 73 74 0.9507", answer.Line("partial"));
        Assert.Equal("bias 0.05 1,280 0.01 0.9772 14 15 0.9401", answer.Line("bias"));
    }

    [Theory]
    [InlineData("--flop 5.76e23 --days 30 --chips 20000 --snapshots-per-day 0.5 --inspections 1", 562, 81)]
    [InlineData("--flop 5.76e23 --days 30 --chips 20000 --snapshots-per-day 0.01 --inspections 4", 562, 284)]
    [InlineData("--flop 1e26 --days 30 --chips 1000000 --snapshots-per-day 0.5 --inspections 4 --peak 989.4e12", 97_484, 6)]
    public async Task A_hidden_run_is_caught_with_the_samples_of_the_page(string options, int inTheRun, int sample)
    {
        var json = (await Terminal.SayAsync($"compute plan snapshots {options} --json")).Json;
        Assert.Equal((inTheRun, sample), (json.GetProperty("inTheRun").GetInt32(), json.GetProperty("sample").GetInt32()));
        var answer = await Terminal.SayAsync($"compute plan snapshots {options}");
        Assert.Contains($"n = {sample} at each", answer.Line("look at"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshots_that_hardly_ever_come_catch_nothing_and_that_is_said()
    {
        var answer = await Terminal.SayAsync("compute plan snapshots --chips 20000 --snapshots-per-day 1e-9");
        Assert.Equal(1, answer.Status);
        Assert.Contains("none is enough", answer.Line("look at"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sample --population 0 --defects 1", "--population: 0 is not from 1 to 100000000")]
    [InlineData("sample --population 10 --defects 11", "--defects: 11 is not from 1 to 10")]
    [InlineData("sample --population 10 --defects 1 --probability 1", "--probability: `1` is not above 0 and below 1; write `0.9`")]
    [InlineData("sample --population 10 --defects 1 --probability NaN", "--probability: `NaN` is not above 0 and below 1; write `0.9`")]
    [InlineData("sample --population 10 --defects 1 --identification 0", "--identification: `0` is not above 0 and at most 1; write `0.8`")]
    [InlineData("levels --population 10 --goal-items 11", "--goal-items: `11` is not above 0 and at most the 10 items that there are")]
    [InlineData("levels --population 100 --goal-items 9 --threshold 0", "--threshold: `0` is not a number above 0")]
    [InlineData("levels --population 100 --goal-items 9 --level gross", "--level: `gross` is not `name=share:error` with a share above 0 and at most 1 and an error above 0; write `partial=0.25:0.05`")]
    [InlineData("levels --population 100 --goal-items 9 --level bias=0.05:0.01", "--level: `bias=0.05:0.01`: a share of 0.05 from every item does not make up the goal; leave the level out")]
    [InlineData("snapshots --chips 0", "--chips: 0 is not from 1 to 100000000")]
    [InlineData("snapshots --chips 100", "--chips: the run takes 3250 accelerators, and 100 are there: it cannot be run here")]
    [InlineData("snapshots --chips 100 --flop -1", "--flop: `-1`; give operations above 0")]
    [InlineData("snapshots --chips 100 --days 0", "--days: `0`; give days above 0")]
    [InlineData("snapshots --chips 100 --utilisation 1.5", "--utilisation: `1.5`; give a share in (0, 1]")]
    [InlineData("snapshots --chips 100 --peak H999", "--peak: `H999` is neither a number of FLOP/s nor a name of `standstill compute accelerators`; write `989.4e12` or `H100`")]
    [InlineData("snapshots --chips 9999 --snapshots-per-day 0", "--snapshots-per-day: `0` is not a number above 0")]
    [InlineData("snapshots --chips 9999 --inspections 0", "--inspections: 0 is not from 1 to 100000")]
    public async Task Bad_figures_are_named_with_what_to_do(string options, string message)
    {
        var answer = await Terminal.SayAsync("compute plan " + options);
        Assert.Equal((2, $"standstill: {message}"), (answer.Status, answer.Errors.TrimEnd()));
    }

    [Theory]
    [InlineData("--budget -1 --goal 60", "--budget: `-1` is not a budget of 0 or more")]
    [InlineData("--budget 150 --goal 3001", "--goal: `3001`; give from 1 to 2000 units, or choose a larger unit")]
    [InlineData("--budget 150 --goal 60 --seed a", "--visits: say how many; --from, --to, --days, --seed and a statement are about a plan of visits")]
    [InlineData("--budget 150 --goal 60 --visits 12", "--from: say on which day the plan begins")]
    [InlineData("--budget 150 --goal 60 --visits 12 --from 2026-01-01 --to 2025-12-31 --days 9", "--to: `2025-12-31` is before `2026-01-01`")]
    [InlineData("--budget 150 --goal 60 --visits 12 --from 1.1.2026 --to 2025-12-31 --days 9", "--from: `1.1.2026` is not a day; write `2026-03-31`")]
    [InlineData("--budget 150 --goal 60 --visits 12 --from 2026-01-01 --to 2026-12-31", "--days: say how long a diversion lasts")]
    [InlineData("--budget 150 --goal 60 --visits 0 --from 2026-01-01 --to 2026-12-31 --days 9", "--visits: 0 is not from 1 to 1000")]
    [InlineData("--budget 150 --goal 60 --visits 12 --from 2026-01-01 --to 2026-12-31 --days 9 --schedule monthly", "--schedule: `monthly` is none of one-per-interval, periodic, independent, poisson")]
    [InlineData("--budget 150 --goal 60 --visits 12 --from 2026-01-01 --to 2026-12-31 --days 9 --plan p", "--party: say who is inspected")]
    [InlineData("--budget 150 --goal 60 --visits 12 --from 2026-01-01 --to 2026-12-31 --days 9 --party sample-birch", "--plan: name the plan")]
    public async Task Bad_plans_of_strata_are_named_with_what_to_do(string options, string message)
    {
        var answer = await Terminal.SayAsync($"compute plan strata {scratch.Write("halls.json", TwoHalls)} {options}");
        Assert.Equal((2, $"standstill: {message}"), (answer.Status, answer.Errors.TrimEnd()));
    }

    [Theory]
    [InlineData("", ": the first line does not name the columns `name,items,worth,cost,identification`; a JSON file is a list, `[`")]
    [InlineData("name,items,worth,cost,identification\n", ": strata: there is none; name at least one")]
    [InlineData("name,items,worth,cost,identification\na,1,1,1\n", " line 2: 4 columns instead of 5")]
    [InlineData("items,name,worth,cost,identification\nfew,a,1,1,1\n", " line 2, items: `few` is not a whole number of items")]
    [InlineData("name,items,worth,cost,identification\na,9,1,0,1\n", ": cost: `0` in `a`; give a cost above 0")]
    [InlineData("name,items,worth,cost,identification\na,9,1,1,1.5\n", " line 2, identification: `1.5` is not a probability from 0 to 1")]
    [InlineData("name,items,worth,cost,identification\na,9,1,1,1\na,9,1,1,1\n", ": `a` stands there twice; name each stratum once, since its draw follows from its name")]
    [InlineData("[1]", " [0]: not an object with name, items, worth, cost, identification")]
    [InlineData("""[{"name":"a","items":1.5}]""", " [0], items: `1.5` is not a whole number of items")]
    public async Task A_bad_file_of_strata_is_named_with_its_place(string content, string message)
    {
        var file = scratch.Write("strata", content);
        var answer = await Terminal.SayAsync($"compute plan strata {file} --budget 1 --goal 1");
        Assert.Equal((2, $"standstill: `{file}`{message}"), (answer.Status, answer.Errors.TrimEnd()));
    }
}
