using System.Collections.Immutable;
using Standstill.Measurement.Indicators;

namespace Standstill.Measurement.Tests.Indicators;

public sealed class IndicatorTableTests
{
    private const string Header = "indicator,date,value,low,high,unit,scope,note,source";

    private static ImmutableArray<IndicatorRow> Rows(string text) => Assert.IsType<IndicatorTableReading.Table>(IndicatorTable.Read(text)).Rows;

    private static ImmutableArray<string> Faults(string text) =>
        [.. Assert.IsType<IndicatorTableReading.Refused>(IndicatorTable.Read(text)).Faults.Select(fault => fault.ToString())];

    [Fact]
    public void Every_row_of_the_published_table_is_read()
    {
        var rows = Rows(File.ReadAllText("testdata/indicators/indicators_published.csv"));

        Assert.Equal(18, rows.Length);
        Assert.Equal(File.ReadLines("testdata/indicators/indicators_published.csv").Count() - 1, rows.Length);
        Assert.Equal([1.2, 1.5, 1.9, 2.5, 5.8, 8.0], rows.Where(row => row.Indicator == "code_per_engineer").Select(row => row.Figure.Value!.Value));
        Assert.Equal("When AI builds itself, 2026-06-04", rows[5].Source);
        var slope = rows.Single(row => row.Indicator == "capability_slope_ratio");
        Assert.Equal(((double?)null, 1.86, 4.3), (slope.Figure.Value, slope.Figure.Low!.Value, slope.Figure.High!.Value));
        Assert.Equal(new QuantileBounds(1.86, 4.3), slope.Figure.Distribution.Quantile(new Probability(0.5)));
        Assert.Equal(Scale.Share, rows.Single(row => row.Indicator == "ai_authored_code_share").Figure.Scale);
    }

    [Fact]
    public void Words_in_a_note_bound_nothing_and_a_column_does()
    {
        var row = Assert.Single(Rows(Header + "\nshare,2026-01-01,0.8,,,fraction,Lab,published as more than 80 %,paper"));
        Assert.Equal(Censoring.None, row.Figure.Censoring);

        row = Assert.Single(Rows(Header + ",censoring\nshare,2026-01-01,0.8,,,fraction,Lab,,paper,at_least"));
        Assert.Equal(Censoring.AtLeast, row.Figure.Censoring);
    }

    [Fact]
    public void Operations_raters_and_groups_are_read()
    {
        var rows = Rows(
            "\uFEFF" + Header + ",group,raters,exact_agreement\r\n"
            + "largest_training_run,2025-07-09,5e26,2e26,1e27,FLOP,Lab,,paper,counters,,\r\n"
            + "share,2026-01-01,0.26,,,fraction,Lab,,same,,2,0.35\r\n");

        Assert.Equal((5e26, "counters", Scale.Ratio), (rows[0].Figure.Value!.Value, rows[0].Group, rows[0].Figure.Scale));
        Assert.Equal(("paper", "Lab"), (rows[1].Source, rows[1].Group));
        Assert.Equal(new RaterDoubt(2, new Probability(0.35)), rows[1].Figure.Raters);
    }

    [Theory]
    [InlineData(",2026-01-01,1,,,ratio,Lab,,p,,,", "line 2, indicator: the field is empty; fill it in")]
    [InlineData("a,2026-1-1,1,,,ratio,Lab,,p,,,", "line 2, date: `2026-1-1` is not a date; write it as yyyy-MM-dd")]
    [InlineData("a,2026-01-01,one,,,ratio,Lab,,p,,,", "line 2, value: `one` is not a number; write it as 0.8 or 5e26, or leave the field empty")]
    [InlineData("a,2026-01-01,-1,,,ratio,Lab,,p,,,", "line 2, value: `-1` is outside the scale; give a finite number from 0 up")]
    [InlineData("a,2026-01-01,80,,,fraction,Lab,,p,,,", "line 2, value: `80` is outside the scale; give a share in [0, 1]")]
    [InlineData("a,2026-01-01,,,,ratio,Lab,,p,,,", "line 2, value: missing; give the figure, or both ends of a range")]
    [InlineData("a,2026-01-01,,1,,ratio,Lab,,p,,,", "line 2, value: missing; give the figure, or both ends of a range")]
    [InlineData("a,2026-01-01,,3,2,ratio,Lab,,p,,,", "line 2, high: `2` is not in [`3`, Infinity]; give the upper end of the range")]
    [InlineData("a,2026-01-01,,0.3,2,fraction,Lab,,p,,,", "line 2, high: `2` is not in [`0.3`, 1]; give the upper end of the range")]
    [InlineData("a,2026-01-01,,1e999,2,ratio,Lab,,p,,,", "line 2, low: `1e999` is not a number; write it as 0.8 or 5e26, or leave the field empty")]
    [InlineData("a,2026-01-01,,1,2,ratio,Lab,,p,at_least,,", "line 2, censoring: a range is no bound; set it to `none`, or give the bound as the value")]
    [InlineData("a,2026-01-01,2,1,,ratio,Lab,,p,,,", "line 2, high: the upper limit is missing; give both 95 % limits or neither")]
    [InlineData("a,2026-01-01,2,3,4,ratio,Lab,,p,,,", "line 2, low: `3` is not in [0, `2`]; give the lower 95 % limit")]
    [InlineData("a,2026-01-01,2,,,percent,Lab,,p,,,", "line 2, unit: `percent` is not a unit; begin it with `fraction`, `ratio`, `FLOP` or `H100e`")]
    [InlineData("a,2026-01-01,2,,,ratio,,,p,,,", "line 2, scope: the field is empty; fill it in")]
    [InlineData("a,2026-01-01,2,,,ratio,Lab,,same,,,", "line 2, source: the field is empty; say where the figure was published; `same` repeats the line above")]
    [InlineData("a,2026-01-01,2,,,ratio,Lab,,p,more than,,", "line 2, censoring: `more than` is not one of its values; use `none`, `at_least` or `at_most`, or leave it empty")]
    [InlineData("a,2026-01-01,2,,,ratio,Lab,,p,,2,0.5", "line 2, raters: agreement of raters bounds a share only; leave it out")]
    [InlineData("a,2026-01-01,0.2,,,fraction,Lab,,p,,1,0.5", "line 2, raters: `1` is not a number of raters; give a whole number from 2 up")]
    [InlineData("a,2026-01-01,0.2,,,fraction,Lab,,p,,,0.5", "line 2, raters: `` is not a number of raters; give a whole number from 2 up")]
    [InlineData("a,2026-01-01,0.2,,,fraction,Lab,,p,,2,35", "line 2, exact_agreement: `35` is not a share; give the share of items to which two raters gave the same score, from 0 to 1")]
    [InlineData("a,2026-01-01,0.2,,,fraction,Lab,,p,,2,", "line 2, exact_agreement: `` is not a share; give the share of items to which two raters gave the same score, from 0 to 1")]
    [InlineData("a,2026-01-01", "line 2, row: 2 fields where the header has 12; give one field for each column and quote fields with commas")]
    public void A_bad_row_is_named_by_line_and_field(string row, string fault) =>
        Assert.Equal([fault], Faults(Header + ",censoring,raters,exact_agreement\n" + row));

    [Fact]
    public void Every_bad_row_is_named_and_none_counts() =>
        Assert.Equal(
            ["line 2, date: `x` is not a date; write it as yyyy-MM-dd", "line 3, row: 1 fields where the header has 9; give one field for each column and quote fields with commas", "line 5, unit: `` is not a unit; begin it with `fraction`, `ratio`, `FLOP` or `H100e`"],
            Faults(Header + "\na,x,1,,,ratio,Lab,,p\nshort\na,2026-01-01,1,,,ratio,Lab,,p\na,2026-01-01,1,,,,Lab,,p"));

    [Fact]
    public void A_missing_column_is_named() =>
        Assert.Equal([$"line 1, header: column `unit` is missing; begin with `{Header}`"], Faults("indicator,date,value,low,high,scope,note,source\n"));
}
