using Standstill.Measurement.Capability;

namespace Standstill.Measurement.Tests.Capability;

public sealed class PublishedHorizonTableTests
{
    private const string Header = "model,release_date,p50_minutes,p50_ci95_low,p50_ci95_high,p80_minutes,note";

    [Fact]
    public void The_published_table_is_read_in_full()
    {
        var horizons = Published.Horizons;
        Assert.Equal(25, horizons.Length);
        var gpt4 = horizons[3];
        Assert.Equal("GPT-4 0314", gpt4.Model);
        Assert.Equal(new DateOnly(2023, 3, 14), gpt4.Released);
        Assert.Equal(3.987428, gpt4.P50.Value);
        Assert.Equal(new HorizonLimits(new Minutes(1.959555), new Minutes(7.906991)), gpt4.Limits95);
        Assert.Equal(new Minutes(0.889561), gpt4.P80);
        Assert.Equal(Censoring.None, gpt4.Censoring);
    }

    [Fact]
    public void A_note_that_the_figure_is_only_a_lower_bound_censors_it()
    {
        var last = Published.Horizons[^1];
        Assert.Equal(Censoring.AtLeast, last.Censoring);
        Assert.Equal(960, last.P50.Value);
        Assert.Null(last.Limits95);
        Assert.Null(last.P80);
        Assert.Single(Published.Horizons, horizon => horizon.Censoring != Censoring.None);
    }

    [Fact]
    public void A_censoring_column_speaks_before_the_note()
    {
        var horizons = Read($"""
            {Header},censoring,support_minutes
            a,2026-01-01,10,,,,published only as at least 10 minutes,none,960
            b,2026-01-01,10,,,,,at_least,
            c,2026-01-01,10,,,,,at_most,
            d,2026-01-01,10,,,,Published only as at most 10,,
            """);
        Assert.Equal([Censoring.None, Censoring.AtLeast, Censoring.AtMost, Censoring.AtMost], horizons.Select(horizon => horizon.Censoring));
        Assert.Equal(new Minutes(960), horizons[0].Support);
        Assert.Null(horizons[1].Support);
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_fields_may_be_quoted()
    {
        var horizons = Read("\uFEFFnote,p80_minutes,p50_ci95_high,p50_ci95_low,p50_minutes,release_date,model\r\n\"so, \"\"so\"\"\",1,8,2,4,2026-01-01,\"a,b\"\"c\"\r\n");
        Assert.Equal("a,b\"c", horizons[0].Model);
        Assert.Equal(new HorizonLimits(new Minutes(2), new Minutes(8)), horizons[0].Limits95);
    }

    [Theory]
    [InlineData("a,2026-01-01,,,,,", "p50_minutes", "the field is empty")]
    [InlineData("a,2026-01-01,x,,,,", "p50_minutes", "`x` is not a length")]
    [InlineData("a,2026-01-01,0,,,,", "p50_minutes", "`0` is not a length")]
    [InlineData("a,2026-01-01,-3,,,,", "p50_minutes", "`-3` is not a length")]
    [InlineData("a,2026-01-01,NaN,,,,", "p50_minutes", "`NaN` is not a length")]
    [InlineData("a,2026-01-01,1e999,,,,", "p50_minutes", "`1e999` is not a length")]
    [InlineData("a,2026-01-01, 5,,,,", "p50_minutes", "` 5` is not a length")]
    [InlineData("a,2026-01-01,1e-400,,,,", "p50_minutes", "`1e-400` is not a length")]
    [InlineData("a,2026-01-01,5,2,,,", "p50_ci95_high", "the field is empty")]
    [InlineData("a,2026-01-01,5,,9,,", "p50_ci95_low", "the field is empty")]
    [InlineData("a,2026-01-01,5,6,9,,", "p50_ci95_low", "`6` is above the estimate `5`")]
    [InlineData("a,2026-01-01,5,2,4,,", "p50_ci95_high", "`4` is below the estimate `5`")]
    [InlineData("a,2026-01-01,5,2,9,6,", "p80_minutes", "`6` is above the 50 % horizon `5`")]
    [InlineData("a,01/02/2026,5,,,,", "release_date", "`01/02/2026` is not a date")]
    [InlineData("a,2026-02-30,5,,,,", "release_date", "`2026-02-30` is not a date")]
    [InlineData(" ,2026-01-01,5,,,,", "model", "the name is blank")]
    [InlineData("a,2026-01-01,5,,,", "row", "6 fields where the header has 7")]
    [InlineData("a,2026-01-01,5,,,,,", "row", "8 fields where the header has 7")]
    [InlineData("", "row", "1 fields where the header has 7")]
    [InlineData("\"a,2026-01-01,5,,,,", "row", "a quote is not closed or stands inside a bare field")]
    [InlineData("a\"b,2026-01-01,5,,,,", "row", "a quote is not closed or stands inside a bare field")]
    [InlineData("\"a\"b,2026-01-01,5,,,,", "row", "a quote is not closed or stands inside a bare field")]
    [InlineData("good,2026-01-01,7,,,,", "model", "`good` appears twice on that date")]
    public void A_bad_row_is_refused_by_line_field_and_remedy(string row, string field, string what)
    {
        var refused = Assert.IsType<PublishedHorizonReading.Refused>(PublishedHorizonTable.Read($"{Header}\ngood,2026-01-01,5,2,9,1,\n{row}\nlast,2026-01-01,5,,,,\n"));
        var fault = Assert.Single(refused.Faults);
        Assert.Equal(3, fault.Line);
        Assert.Equal(field, fault.Fault.Field);
        Assert.Equal(what, fault.Fault.What);
        Assert.NotEmpty(fault.Fault.Remedy);
    }

    [Fact]
    public void Limits_of_the_80_percent_horizon_may_have_columns()
    {
        var horizons = Read("""
            model,release_date,p50_minutes,p50_ci95_low,p50_ci95_high,p80_minutes,p80_ci95_low,p80_ci95_high,note
            a,2026-01-01,10,5,20,2,1,4,
            b,2026-01-01,10,5,20,2,,,
            """);

        Assert.Equal(new HorizonLimits(new Minutes(1), new Minutes(4)), horizons[0].Limits80);
        Assert.Null(horizons[1].Limits80);
    }

    [Theory]
    [InlineData("a,2026-01-01,5,,,2,1,,", "p80_ci95_high: the field is empty; give both 95 % limits or neither")]
    [InlineData("a,2026-01-01,5,,,2,,4,", "p80_ci95_low: the field is empty; give both 95 % limits or neither")]
    [InlineData("a,2026-01-01,5,,,,1,4,", "p80_minutes: the limits of an 80 % horizon without the horizon; give the 80 % horizon, or leave its limits out")]
    [InlineData("a,2026-01-01,5,,,2,3,4,", "p80_ci95_low: `3` is above the estimate `2`; give limits with low <= estimate <= high")]
    [InlineData("a,2026-01-01,5,,,2,1,1.5,", "p80_ci95_high: `1.5` is below the estimate `2`; give limits with low <= estimate <= high")]
    [InlineData("a,2026-01-01,5,,,2,x,4,", "p80_ci95_low: `x` is not a length; give minutes above zero, such as 3.5, or leave the field empty")]
    public void Bad_limits_of_the_80_percent_horizon_are_refused(string row, string fault)
    {
        var refused = Assert.IsType<PublishedHorizonReading.Refused>(PublishedHorizonTable.Read(
            $"model,release_date,p50_minutes,p50_ci95_low,p50_ci95_high,p80_minutes,p80_ci95_low,p80_ci95_high,note\n{row}\n"));
        Assert.Equal("line 2, " + fault, Assert.Single(refused.Faults).ToString());
    }

    [Fact]
    public void Every_bad_row_is_reported_at_once()
    {
        var refused = Assert.IsType<PublishedHorizonReading.Refused>(PublishedHorizonTable.Read($"{Header}\na,x,5,,,,\nb,2026-01-01,5,,,,\nc,2026-01-01,y,,,,\n"));
        Assert.Equal([2, 4], refused.Faults.Select(fault => fault.Line));
        Assert.Equal("line 2, release_date: `x` is not a date; write it as yyyy-MM-dd", refused.Faults[0].ToString());
    }

    [Theory]
    [InlineData("", "column `model` is missing")]
    [InlineData("model,release_date,p50_minutes,p50_ci95_low,p50_ci95_high,p80_minutes", "column `note` is missing")]
    [InlineData(Header + ",colour", "column `colour` is not known")]
    [InlineData(Header + ",note", "column `note` appears twice")]
    [InlineData("\"" + Header, "a quote is not closed")]
    public void A_bad_header_is_refused(string header, string what)
    {
        var refused = Assert.IsType<PublishedHorizonReading.Refused>(PublishedHorizonTable.Read(header + "\n"));
        Assert.Equal((1, "header", what), (refused.Faults[0].Line, refused.Faults[0].Fault.Field, refused.Faults[0].Fault.What));
    }

    [Fact]
    public void An_unknown_kind_of_censoring_is_refused()
    {
        var refused = Assert.IsType<PublishedHorizonReading.Refused>(PublishedHorizonTable.Read($"{Header},censoring\na,2026-01-01,5,,,,,right\n"));
        Assert.Equal("`right` is not known", refused.Faults[0].Fault.What);
    }

    [Fact]
    public void A_header_alone_is_an_empty_table() => Assert.Empty(Read(Header));

    private static System.Collections.Immutable.ImmutableArray<PublishedHorizon> Read(string text) =>
        Assert.IsType<PublishedHorizonReading.Table>(PublishedHorizonTable.Read(text)).Horizons;
}
