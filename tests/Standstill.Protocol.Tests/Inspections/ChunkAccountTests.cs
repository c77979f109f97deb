using CsCheck;
using Standstill.Model;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol.Tests.Inspections;

public sealed class ChunkAccountTests
{
    private const long Hour = 3_600_000;
    private static readonly MeteredSeries Tensor = new(0, "chip-0", Quantity.TensorActivity);
    private static readonly MeteredSeries Counter = new(1, "chip-0", Quantity.EnergyCounter);
    private static readonly MeteredSeries Power = new(2, "chip-0", Quantity.Power);

    [Fact]
    public void The_sums_over_any_division_of_the_time_are_the_sums_over_the_whole() =>
        Gen.Select(ChunkSamples.Rows, Gen.Int[1, ChunkSamples.Seconds - 1].Array[0, 6]).Sample(
            (rows, cuts) =>
            {
                var whole = ChunkAccount.Of(ChunkSamples.Columns(rows), ChunkSamples.Window(0, ChunkSamples.Seconds));
                var (sum, from) = (ChunkSums.Zero, 0L);
                var carried = ChunkSamples.Columns([]);
                foreach (var to in cuts.Append(ChunkSamples.Seconds).Distinct().Order())
                {
                    var file = ChunkColumns.Joined(carried, ChunkSamples.Columns(rows.Where(r => r.Second >= from && r.Second < to)));
                    sum += ChunkAccount.Of(file, ChunkSamples.Window(from, to));
                    carried = ChunkCarry.After(file, ChunkSamples.Window(from, to).ToMs);
                    from = to;
                }

                Assert.Equal(whole, sum);
            }, seed: "0000KOIPe036", iter: 5_000);

    [Fact]
    public void The_sums_are_those_of_a_model_that_looks_at_every_second() =>
        Gen.Select(ChunkSamples.Rows, Gen.Int[0, 600], Gen.Int[1, 600]).Sample(
            (rows, from, length) =>
            {
                var sums = ChunkAccount.Of(ChunkSamples.Columns(rows), ChunkSamples.Window(from, from + length));
                var model = ChunkAccountModel.Of(
                    [.. rows.Where(r => r.Second < from + length).Select(r => new ChunkAccountModel.Sample(r.Series, ChunkSamples.Of(r.Series).Subject, Kind(ChunkSamples.Of(r.Series).Quantity), r.Second, r.Value))],
                    from, from + length, 60);
                Assert.Equal(
                    model,
                    new ChunkAccountModel.Figures(
                        sums.BusyMs / 1000, sums.LightMs / 1000, sums.IdleMs / 1000, sums.DarkMs / 1000, sums.ActiveMicroMs / 1_000_000_000m,
                        sums.CounterMillijoules, sums.PowerMillijoules, sums.NodeMillijoules, sums.TrafficKilobytes, sums.Samples, sums.Gaps, sums.CounterResets, sums.LongestGapMs / 1000));
            }, seed: "0000KOIPe036", iter: 400);

    [Fact]
    public void The_order_in_which_the_series_stand_does_not_matter() => ChunkSamples.Rows.Sample(
        rows =>
        {
            var window = ChunkSamples.Window(0, ChunkSamples.Seconds);
            return ChunkAccount.Of(ChunkSamples.Columns(rows), window) == ChunkAccount.Of(ChunkSamples.Columns(rows.OrderBy(r => r.Series)), window);
        }, seed: "0000KOIPe036", iter: 500);

    [Fact]
    public void Late_samples_take_their_place_in_time_and_are_counted() => ChunkSamples.Rows.Sample(
        rows =>
        {
            var window = ChunkSamples.Window(0, ChunkSamples.Seconds);
            var late = ChunkAccount.Of(ChunkSamples.Columns(rows.Reverse()), window);
            var expected = rows.Where(r => ChunkSamples.Of(r.Series).Quantity != Quantity.Known).GroupBy(r => r.Series).Sum(g => g.Count() - 1);
            Assert.Equal(expected, late.OutOfOrder);
            Assert.Equal(ChunkAccount.Of(ChunkSamples.Columns(rows), window), late with { OutOfOrder = 0 });
        }, seed: "0000KOIPe036", iter: 500);

    [Fact]
    public void Of_two_samples_with_one_time_the_first_holds()
    {
        var sums = Of(Tensor, (0, 0.5), (0, 0), (Hour - 1, 0));
        Assert.Equal((60_000, 1), (sums.BusyMs, sums.OutOfOrder));
    }

    [Theory]
    [InlineData(0.01, 60_000, 0, 0)]
    [InlineData(0.0099, 0, 60_000, 0)]
    [InlineData(0, 0, 0, 60_000)]
    public void A_sample_holds_for_a_minute_and_the_rest_is_dark(double activity, long busy, long light, long idle)
    {
        var sums = Of(Tensor, (0, activity));
        Assert.Equal((busy, light, idle, Hour - 60_000), (sums.BusyMs, sums.LightMs, sums.IdleMs, sums.DarkMs));
        Assert.Equal((1, Hour), (sums.Gaps, sums.LongestGapMs));
    }

    [Fact]
    public void A_sample_holds_for_four_scrape_intervals_when_they_are_longer_than_a_minute()
    {
        var sums = ChunkAccount.Of(Columns(Tensor, (0, 1)), new ChunkWindow(0, Hour, 60_000));
        Assert.Equal((240_000, Hour - 240_000), (sums.BusyMs, sums.DarkMs));
    }

    [Fact]
    public void Power_alone_makes_an_accelerator_known_and_leaves_it_dark()
    {
        var sums = Of(Power, (0, 700), (60_000, 700));
        Assert.Equal((Hour, 0, 42_000_000), (sums.DarkMs, sums.IdleMs, sums.PowerMillijoules));
    }

    [Fact]
    public void An_accelerator_counts_from_its_first_sample_until_it_is_retired()
    {
        var known = new MeteredSeries(MeteredSeries.OfMeter, "chip-0", Quantity.Known);
        var sums = ChunkAccount.Of(ChunkColumns.Joined(Columns(Tensor, (600_000, 1)), Columns(known, (1_200_000, 0))), new ChunkWindow(0, Hour, 15_000));
        Assert.Equal((60_000, 540_000), (sums.BusyMs, sums.DarkMs));
    }

    [Theory]
    [InlineData("chip-0", Quantity.Other)]
    [InlineData("", Quantity.Power)]
    [InlineData("node-0", Quantity.NodePower)]
    public void What_has_no_name_or_is_not_summed_is_no_accelerator(string subject, Quantity quantity)
    {
        var sums = Of(new MeteredSeries(0, subject, quantity), (0, 1));
        Assert.Equal((0, 1), (sums.ChipMs, sums.Samples));
    }

    [Fact]
    public void A_counter_that_goes_back_has_restarted_from_nothing()
    {
        var sums = Of(Counter, (0, 5_000), (15_000, 7_000), (30_000, 400), (45_000, 1_000));
        Assert.Equal((3_000, 1), (sums.CounterMillijoules, sums.CounterResets));
    }

    [Fact]
    public void A_counter_spans_a_gap_and_power_does_not()
    {
        Assert.Equal(9_000_000, Of(Counter, (0, 0), (3_000_000, 9_000_000)).CounterMillijoules);
        Assert.Equal(0, Of(Power, (0, 700), (60_001, 700)).PowerMillijoules);
    }

    [Fact]
    public void Power_of_an_accelerator_with_a_counter_is_not_added_again()
    {
        var sums = ChunkAccount.Of(
            ChunkColumns.Joined(Columns(Counter, (0, 0), (15_000, 10_500)), Columns(Power, (0, 700), (15_000, 700))), new ChunkWindow(0, Hour, 15_000));
        Assert.Equal((10_500, 0, 2), (sums.CounterMillijoules, sums.PowerMillijoules, sums.PowerSamples));
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(-0.5, 1)]
    [InlineData(2147483632.0, 1)]
    [InlineData(9223372036854775792.0, 1)]
    public void A_value_that_activity_cannot_have_tells_nothing(double value, int unusable)
    {
        var sums = Of(Tensor, (0, value), (15_000, value));
        Assert.Equal((0, 0, unusable * 2, 2), (sums.BusyMs, sums.ChipMs, sums.Unusable, sums.Samples));
    }

    [Fact]
    public void The_largest_step_of_the_clock_is_kept_and_is_no_sample()
    {
        var sums = Of(new MeteredSeries(MeteredSeries.OfMeter, "meter", Quantity.ClockStep), (0, 40), (1, -3_600_000), (2, 9));
        Assert.Equal((3_600_000, 0, 0), (sums.ClockStepMs, sums.Samples, sums.ChipMs));
    }

    [Fact]
    public void A_row_of_no_series_and_a_backward_window_are_misuse()
    {
        var columns = new ChunkColumns([Tensor], new[] { 1 }, new[] { 0L }, new[] { 0.0 });
        Assert.Throws<ArgumentException>(() => ChunkAccount.Of(columns, new ChunkWindow(0, Hour, 15_000)));
        Assert.Throws<ArgumentException>(() => ChunkAccount.Of(Columns(Tensor), new ChunkWindow(Hour, Hour, 15_000)));
    }

    private static ChunkSums Of(MeteredSeries series, params (long Ms, double Value)[] rows) =>
        ChunkAccount.Of(Columns(series, rows), new ChunkWindow(0, Hour, 15_000));

    private static ChunkColumns Columns(MeteredSeries series, params (long Ms, double Value)[] rows) =>
        new([series], new int[rows.Length], rows.Select(r => r.Ms).ToArray(), rows.Select(r => r.Value).ToArray());

    private static string Kind(Quantity quantity) => quantity switch
    {
        Quantity.TensorActivity => "tensor",
        Quantity.EngineActivity => "engine",
        _ => Words.Of(quantity),
    };
}
