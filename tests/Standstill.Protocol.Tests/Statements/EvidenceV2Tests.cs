using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Standstill.Measurement;
using Standstill.Measurement.Indicators;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Tests.Statements;

public sealed class EvidenceV2Tests
{
    private const string Computed = """
        {"source": "fern", "citation": "c", "model": "m", "released": "2024-12-01", "p50Minutes": 60, "p50Low": 30, "p50High": 120,
         "p80Minutes": 12, "p80Low": 6, "p80High": 24, "censoring": "none", "supportMinutes": 960, "supportShare": 0.2,
         "method": "standstill-horizon-v1",
         "runs": {"files": [{"sha256": "0000000000000000000000000000000000000000000000000000000000000001"}], "agent": "a", "count": 100, "families": 5, "agentRuns": 50, "agentTasks": 10},
         "settings": {"weighting": "inverse-square-root-family", "resampling": "hierarchical", "lambda": 1e-5, "score": "binarised", "alleged": "as-scored", "fatal": "failed", "draws": 1000, "seed": "s"}}
        """;

    private const string Report = """
        {"source": "fern", "citation": "c", "lab": "ash", "indicator": "research led by ai", "unit": "fraction", "measured": "2024-12-31",
         "value": 0.26, "low": 0.2, "high": 0.3, "censoring": "none", "raters": {"count": 2, "exactAgreement": 0.59, "allowance": "not-in-limits"}, "note": "n"}
        """;

    private static Parsed<Body> Read(string type, JsonObject body) =>
        Fields.Read(JsonSerializer.SerializeToElement(body), "body", PredicateType.FindName(type)!.Shape);

    /// <summary>The body with one field set to a JSON text, or left out.</summary>
    private static JsonObject With(string body, string path, string? json)
    {
        var whole = JsonNode.Parse(body)!.AsObject();
        var steps = path.Split('.');
        var place = steps[..^1].Aggregate(whole, (at, step) => at[step]!.AsObject());
        place.Remove(steps[^1]);
        if (json is not null)
        {
            place[steps[^1]] = JsonNode.Parse(json);
        }

        return whole;
    }

    [Fact]
    public void Every_field_of_a_computed_result_is_read()
    {
        var body = Assert.IsType<CapabilityResultV2Body>(Read("capability-result-v2", JsonNode.Parse(Computed)!.AsObject()).OrThrow());

        Assert.Equal(("fern", "c", "m"), (body.Source, body.Citation, body.Figure.Model));
        Assert.Equal((30, 60, 120), (body.Figure.Limits95!.Value.Low.Value, body.Figure.P50.Value, body.Figure.Limits95.Value.High.Value));
        Assert.Equal((6, 12, 24), (body.Figure.Limits80!.Value.Low.Value, body.Figure.P80!.Value.Value, body.Figure.Limits80.Value.High.Value));
        Assert.Equal((960, 0.2), (body.Figure.Support!.Value.Value, body.Claim.SupportShare!.Value.Value));
        Assert.Equal(HorizonMethod.StandstillHorizonV1, body.Claim.Method);
        var runs = body.Claim.Runs!;
        Assert.Equal(("a", 100L, 5, 50L, 10), (runs.Agent, runs.Count, runs.Families, runs.AgentRuns, runs.AgentTasks));
        Assert.EndsWith("01", Assert.Single(runs.Files).Hex, StringComparison.Ordinal);
        var recipe = body.Claim.Recipe!;
        Assert.Equal((1e-5, 1000, "s"), (recipe.Settings.Lambda, recipe.Draws, recipe.Seed));
        Assert.Equal(Standstill.Measurement.Capability.Horizons.DoubtfulRuns.Failed, recipe.Settings.Fatal);
    }

    [Theory]
    [InlineData("source", "\"Fern!\"", "body.source: `Fern!` is not a name; use 1 to 63 of a-z, 0-9 and -, beginning with a letter, not ending with -")]
    [InlineData("citation", null, "body.citation: missing; add this field")]
    [InlineData("model", "\"\"", "body.model: 0 characters; keep it within 1 to 100")]
    [InlineData("released", "\"yesterday\"", "body.released: `yesterday` is not a date; write it as `2026-03-05`")]
    [InlineData("p50Minutes", "1e10", "body.p50Minutes: `1e10` is not a number from 1e-9 to 1000000000; send a number within its bounds")]
    [InlineData("p50Minutes", "11", "body.p50Low: `30` is above the estimate `11`; give limits with low <= estimate <= high")]
    [InlineData("p50Low", null, "body.p50Low: one limit without the other; send both or neither")]
    [InlineData("p50High", null, "body.p50High: one limit without the other; send both or neither")]
    [InlineData("p50High", "59", "body.p50High: `59` is below the estimate `60`; give limits with low <= estimate <= high")]
    [InlineData("p80Minutes", "61", "body.p80Minutes: `61` is above the 50 % horizon `60`; check the two columns: success falls with length")]
    [InlineData("p80Low", "13", "body.p80Low: `13` is above the estimate `12`; give limits with low <= estimate <= high")]
    [InlineData("p80Low", null, "body.p80Low: one limit without the other; send both or neither")]
    [InlineData("p80High", "11", "body.p80High: `11` is below the estimate `12`; give limits with low <= estimate <= high")]
    [InlineData("censoring", "\"perhaps\"", "body.censoring: `perhaps` is not one of its values; use one of `none`, `at-least`, `at-most`")]
    [InlineData("supportMinutes", "0", "body.supportMinutes: `0` is not a number from 1e-9 to 1000000000; send a number within its bounds")]
    [InlineData("supportShare", "1.01", "body.supportShare: `1.01` is not a number from 0 to 1; send a number within its bounds")]
    [InlineData("method", "\"mine\"", "body.method: `mine` is not one of its values; use one of `published`, `standstill-horizon-v1`")]
    [InlineData("method", "\"published\"", "body.settings: these settings belong to a method that computes; leave them out, or name the method, such as `standstill-horizon-v1`")]
    [InlineData("runs", null, "body.runs: missing; a computed figure names the runs that it comes from")]
    [InlineData("runs.files", "[]", "body.runs.files: not a list of 1 to 64 objects; send that many")]
    [InlineData("runs.files", "[{\"sha256\": \"12\"}]", "body.runs.files[0].sha256: `12` is not a SHA-256 digest; write 64 lower-case hexadecimal digits")]
    [InlineData("runs.agent", null, "body.runs.agent: missing; add this field")]
    [InlineData("runs.count", "0", "body.runs.count: `0` is not a whole number from 1 to 1000000000; send a number within its bounds")]
    [InlineData("runs.families", "0.5", "body.runs.families: `0.5` is not a whole number from 1 to 10000000; send a number within its bounds")]
    [InlineData("runs.agentRuns", "0", "body.runs.agentRuns: `0` is not a whole number from 1 to 1000000000; send a number within its bounds")]
    [InlineData("runs.agentTasks", "\"10\"", "body.runs.agentTasks: `\"10\"` is not a whole number from 1 to 10000000; send a number within its bounds")]
    [InlineData("settings", null, "body.settings: missing; a computed figure says how it was fitted")]
    [InlineData("settings.weighting", "\"none\"", "body.settings.weighting: `none` is not one of its values; use one of `equal-task`, `inverse-square-root-family`")]
    [InlineData("settings.lambda", "0", "body.settings.lambda: `0` is not a number from 1e-12 to 1000; send a number within its bounds")]
    [InlineData("settings.score", "\"raw\"", "body.settings.score: `raw` is not one of its values; use one of `binarised`, `continuous`")]
    [InlineData("settings.alleged", "\"ignored\"", "body.settings.alleged: `ignored` is not one of its values; use one of `as-scored`, `failed`, `succeeded`, `left-out`")]
    [InlineData("settings.fatal", null, "body.settings.fatal: missing; add this field")]
    [InlineData("settings.draws", "99", "body.settings.draws: `99` is not a whole number from 100 to 100000; send a number within its bounds")]
    [InlineData("settings.seed", "\"\"", "body.settings.seed: 0 characters; keep it within 1 to 200")]
    public void A_bad_field_of_a_result_is_named(string field, string? json, string fault) =>
        Assert.Equal(fault, Assert.Single(Read("capability-result-v2", With(Computed, field, json)).Faults).ToString());

    [Fact]
    public void A_computed_result_has_both_horizons_and_limits_have_a_horizon()
    {
        var faults = Read("capability-result-v2", With(Computed, "p80Minutes", null)).Faults.Select(f => f.ToString());

        Assert.Equal(
            [
                "body.p80Minutes: the limits of an 80 % horizon without the horizon; give the 80 % horizon, or leave its limits out",
                "body.p80Minutes: missing; a computed figure has both horizons",
            ],
            faults);
    }

    [Fact]
    public void One_file_does_not_stand_there_twice()
    {
        var body = JsonNode.Parse(Computed)!.AsObject();
        body["runs"]!["files"]!.AsArray().Add(body["runs"]!["files"]![0]!.DeepClone());

        Assert.Equal("body.runs.files: one file stands there twice; name each file once", Assert.Single(Read("capability-result-v2", body).Faults).ToString());
    }

    [Fact]
    public void A_relayed_figure_needs_no_runs_and_may_name_some()
    {
        var body = With(Computed, "method", "\"published\"");
        body.Remove("settings");
        Assert.NotNull(Assert.IsType<CapabilityResultV2Body>(Read("capability-result-v2", body).OrThrow()).Claim.Runs);

        body.Remove("runs");
        var bare = Assert.IsType<CapabilityResultV2Body>(Read("capability-result-v2", body).OrThrow()).Claim;
        Assert.Equal((HorizonMethod.Published, null, null), (bare.Method, bare.Runs, bare.Recipe));
    }

    [Fact]
    public void The_first_version_does_not_read_what_the_second_adds()
    {
        var first = Assert.IsType<CapabilityResultBody>(Read("capability-result", JsonNode.Parse(Computed)!.AsObject()).OrThrow());

        Assert.Null(first.Claim);
        Assert.Null(first.Figure.Limits80);
    }

    [Fact]
    public void Every_field_of_a_report_is_read()
    {
        var body = Assert.IsType<IndicatorReportV2Body>(Read("indicator-report-v2", JsonNode.Parse(Report)!.AsObject()).OrThrow());

        Assert.Equal(("fern", "c", "ash", "research led by ai"), (body.Source, body.Citation, body.Lab.Value, body.Kind.Name));
        Assert.Equal((0.26, 0.2, 0.3, "n"), (body.Value, body.Low, body.High, body.Note));
        Assert.Equal(new RaterDoubt(2, new Probability(0.59)), body.Raters);
        Assert.Equal(RaterAllowance.NotInLimits, body.Allowance);
    }

    [Theory]
    [InlineData("source", "7", "body.source: `7` is not a text; send a JSON string")]
    [InlineData("citation", "\" \"", "body.citation: only white space; write something")]
    [InlineData("lab", null, "body.lab: missing; add this field")]
    [InlineData("indicator", null, "body.indicator: missing; add this field")]
    [InlineData("indicator", "\"luck\"", "body.indicator: `luck` is not an indicator; use one of `ai-authored code share`, `code per engineer`, `research speed-up`, `training speed-up`, `staff productivity`, `open-ended task success`, `research led by ai`, `better next step than human`, `capability slope ratio`, `largest training run`, `compute in operation`")]
    [InlineData("unit", "\"percent\"", "body.unit: `percent` is not the unit of `research led by ai`; give the figure in `fraction`")]
    [InlineData("unit", null, "body.unit: missing; add this field")]
    [InlineData("measured", "\"2024-13-01\"", "body.measured: `2024-13-01` is not a date; write it as `2026-03-05`")]
    [InlineData("value", "26", "body.value: `26` is outside the scale; give a share in [0, 1]")]
    [InlineData("low", null, "body.low: the lower limit is missing; give both 95 % limits or neither")]
    [InlineData("low", "0.27", "body.low: `0.27` is not in [0, `0.26`]; give the lower 95 % limit")]
    [InlineData("high", "1.1", "body.high: `1.1` is not in [`0.26`, 1]; give the upper 95 % limit")]
    [InlineData("high", null, "body.high: the upper limit is missing; give both 95 % limits or neither")]
    [InlineData("censoring", "\"most\"", "body.censoring: `most` is not one of its values; use one of `none`, `at-least`, `at-most`")]
    [InlineData("raters", "3", "body.raters: `3` is not an object; send an object")]
    [InlineData("raters.count", "1", "body.raters.count: `1` is not a whole number from 2 to 100000; send a number within its bounds")]
    [InlineData("raters.exactAgreement", "59", "body.raters.exactAgreement: `59` is not a number from 0 to 1; send a number within its bounds")]
    [InlineData("raters.allowance", "\"none\"", "body.raters.allowance: `none` is not one of its values; use one of `not-in-limits`, `in-limits`")]
    [InlineData("note", "\"\"", "body.note: 0 characters; keep it within 1 to 500")]
    public void A_bad_field_of_a_report_is_named(string field, string? json, string fault) =>
        Assert.Equal(fault, Assert.Single(Read("indicator-report-v2", With(Report, field, json)).Faults).ToString());

    [Fact]
    public void A_report_without_a_figure_is_a_range()
    {
        var body = With(Report, "value", null);
        body.Remove("raters");
        var figure = Assert.IsType<IndicatorReportV2Body>(Read("indicator-report-v2", body).OrThrow()).Figure.Distribution;
        Assert.Equal(new QuantileBounds(0.2, 0.3), figure.Quantile(new Probability(0.5)));

        body["censoring"] = "at-least";
        Assert.Equal("body.censoring: a range is no bound; set it to `none`, or give the bound as the value", Assert.Single(Read("indicator-report-v2", body).Faults).ToString());

        body.Remove("low");
        Assert.Equal("body.value: missing; give the figure, or both ends of a range", Assert.Single(Read("indicator-report-v2", body).Faults).ToString());
    }

    [Fact]
    public void Raters_belong_to_shares_and_limits_that_carry_their_disagreement_are_there()
    {
        var ratio = With(Report, "indicator", "\"research speed-up\"");
        ratio["unit"] = "ratio";
        Assert.Equal("body.raters: agreement of raters bounds a share only; leave it out", Assert.Single(Read("indicator-report-v2", ratio).Faults).ToString());

        var bare = With(Report, "raters.allowance", "\"in-limits\"");
        bare.Remove("low");
        bare.Remove("high");
        Assert.Equal(
            "body.raters: there are no limits that could carry the disagreement; give both 95 % limits, or say that they do not carry it",
            Assert.Single(Read("indicator-report-v2", bare).Faults).ToString());
    }

    [Theory]
    [InlineData("largest training run", "FLOP", 5e26)]
    [InlineData("compute in operation", "H100e", 2.5e6)]
    [InlineData("better next step than human", "fraction", 0.64)]
    [InlineData("capability slope ratio", "ratio", 1.9)]
    public void The_second_version_knows_indicators_that_the_first_refuses(string indicator, string unit, double value)
    {
        var body = new JsonObject
        {
            ["source"] = "fern",
            ["citation"] = "c",
            ["lab"] = "ash",
            ["indicator"] = indicator,
            ["unit"] = unit,
            ["measured"] = "2024-12-31",
            ["value"] = value,
            ["censoring"] = "none",
        };

        Assert.Equal(value, Assert.IsType<IndicatorReportV2Body>(Read("indicator-report-v2", body).OrThrow()).Figure.Distribution.PointEstimate);
        Assert.Contains($"`{indicator}` is not an indicator", Read("indicator-report", body).Faults[0].Message, StringComparison.Ordinal);
    }

    /// <summary>Every published figure has an indicator, a unit and a form in which it can be put on record.</summary>
    [Fact]
    public void Every_row_of_the_published_table_can_be_put_on_record()
    {
        var table = Assert.IsType<IndicatorTableReading.Table>(IndicatorTable.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "testdata/indicators/indicators_published.csv"))));
        Assert.Equal(18, table.Rows.Length);
        foreach (var row in table.Rows)
        {
            var kind = IndicatorKind.FindColumn(row.Indicator);
            Assert.NotNull(kind);
            Assert.StartsWith(kind.Unit, row.Unit, StringComparison.Ordinal);
            Assert.Equal(kind.Scale, row.Figure.Scale);
            var body = new JsonObject
            {
                ["source"] = "fern",
                ["citation"] = row.Source,
                ["lab"] = "ash",
                ["indicator"] = kind.Name,
                ["unit"] = kind.Unit,
                ["measured"] = row.Measured.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                ["value"] = row.Figure.Value,
                ["low"] = row.Figure.Low,
                ["high"] = row.Figure.High,
                ["censoring"] = Words.Of(row.Figure.Censoring),
                ["note"] = row.Note.Length > 0 ? row.Note : null,
            };

            var report = Assert.IsType<IndicatorReportV2Body>(Read("indicator-report-v2", body).OrThrow());
            Assert.Equal(row.Figure, report.Figure);
        }
    }

    /// <summary>Whatever is read without a fault can be estimated from, and whatever is not is refused with a place and a remedy.</summary>
    [Fact]
    public void No_body_makes_reading_or_estimating_throw()
    {
        string[] values = ["null", "0", "1", "-1", "1e-9", "1e9", "1e40", "0.26", "0.5", "60", "12", "\"at-least\"", "\"at-most\"", "\"none\"", "\"published\"", "\"x\"", "{}", "[]", "true", "\"largest training run\"", "\"FLOP\"", "\"in-limits\""];
        var type = Gen.Bool;
        var change = Gen.Select(Gen.Int[0, 30], Gen.Int[0, values.Length - 1]);
        Gen.Select(type, change.Array[1, 4]).Sample(
            (isReport, changes) =>
            {
                var body = JsonNode.Parse(isReport ? Report : Computed)!.AsObject();
                foreach (var (field, value) in changes)
                {
                    var nested = body.Where(f => f.Value is JsonObject { Count: > 0 }).Select(f => f.Value!.AsObject()).ToList();
                    var place = field > 17 && nested.Count > 0 ? nested[field % nested.Count] : body;
                    place[place.ElementAt(field % place.Count).Key] = JsonNode.Parse(values[value]);
                }

                var read = Read(isReport ? "indicator-report-v2" : "capability-result-v2", body);
                switch (read.Value)
                {
                    case IndicatorReportV2Body report:
                        _ = report.Figure.Distribution.Quantile(new Probability(0.975));
                        break;
                    case CapabilityResultV2Body result:
                        var estimate = Standstill.Measurement.Capability.FrontierEstimate.Estimate([result.Figure], new Seed(new byte[32]), 3);
                        _ = estimate.Horizon80.Quantile(new Probability(0.5));
                        _ = estimate.Horizon50.Quantile(new Probability(0.5));
                        break;
                    default:
                        Assert.All(read.Faults, fault => Assert.True(fault.Place.Length > 0 && fault.Remedy.Length > 0));
                        break;
                }
            },
            seed: "0000KOIPe036",
            iter: 5_000);
    }
}
