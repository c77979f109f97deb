using System.Security.Cryptography;
using Standstill.Measurement.Sampling;

namespace Standstill.Measurement.Tests.Sampling;

public sealed class InspectionScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<InspectionSchedule, double, double> Schedules() => new()
    {
        { new InspectionSchedule.Periodic(TimeSpan.FromDays(30)), 12, 1 },
        { new InspectionSchedule.Periodic(TimeSpan.FromDays(30)), 75, 0.4 },
        { new InspectionSchedule.Independent(5, TimeSpan.FromDays(365)), 40, 0.8 },
        { new InspectionSchedule.OnePerInterval(TimeSpan.FromDays(30)), 20, 1 },
        { new InspectionSchedule.OnePerInterval(TimeSpan.FromDays(30)), 45, 0.7 },
        { new InspectionSchedule.OnePerInterval(TimeSpan.FromDays(30)), 100, 0.5 },
        { new InspectionSchedule.Poisson(8), 40, 0.6 },
    };

    // 4000 seeds; the diversion starts on each day of a month, and the day on which it is found least counts.
    [Theory]
    [MemberData(nameof(Schedules))]
    public void Drawn_dates_find_a_diversion_as_often_as_stated(InspectionSchedule schedule, double days, double q)
    {
        const int seeds = 4000;
        var missed = new double[60];
        for (var i = 0; i < seeds; i++)
        {
            var dates = SampleDraw.Dates(new Seed(SHA256.HashData(BitConverter.GetBytes(i))), schedule, Start, Start.AddDays(365));
            for (var half = 0; half < missed.Length; half++)
            {
                var from = Start.AddDays(90 + (half / 2.0));
                missed[half] += Math.Pow(1 - q, dates.Count(date => date >= from && date < from.AddDays(days)));
            }
        }

        var found = 1 - (missed.Max() / seeds);
        // Four standard errors of a share, and the maximum over the starts lowers it a little.
        Assert.Equal(schedule.Detection(TimeSpan.FromDays(days), new Probability(q)).Value, found, 0.035);
    }

    [Fact]
    public void Known_cases_come_out()
    {
        var day = TimeSpan.FromDays(1);
        Assert.Equal(0.4, new InspectionSchedule.Periodic(day * 30).Detection(day * 12, new Probability(1)).Value, 1e-12);
        Assert.Equal(1, new InspectionSchedule.Periodic(day * 30).Detection(day * 30, new Probability(1)).Value, 1e-12);
        Assert.Equal(1 - (2.0 / 3 * 2.0 / 3), new InspectionSchedule.OnePerInterval(day * 30).Detection(day * 20, new Probability(1)).Value, 1e-12);
        Assert.Equal(1, new InspectionSchedule.OnePerInterval(day * 30).Detection(day * 60, new Probability(1)).Value, 1e-12);
        Assert.Equal(1 - Math.Pow(1 - (0.5 * 73 / 365), 4), new InspectionSchedule.Independent(4, day * 365).Detection(day * 73, new Probability(0.5)).Value, 1e-12);
        Assert.Equal(1 - Math.Exp(-1), new InspectionSchedule.Poisson(12).Detection(day * 365.25 / 12, new Probability(1)).Value, 1e-9);
    }

    [Fact]
    public void One_visit_in_each_interval_beats_the_same_number_of_independent_ones()
    {
        var (year, length) = (TimeSpan.FromDays(360), TimeSpan.FromDays(30));
        Assert.Equal(0.75, new InspectionSchedule.OnePerInterval(year / 12).Detection(length, new Probability(1)).Value, 1e-12);
        Assert.Equal(1 - Math.Pow(11.0 / 12, 12), new InspectionSchedule.Independent(12, year).Detection(length, new Probability(1)).Value, 1e-12);
    }

    [Fact]
    public void Mean_delays_are_those_of_the_textbook()
    {
        Assert.Equal(15, Timeliness.MeanDelay(new InspectionSchedule.Periodic(TimeSpan.FromDays(30)), new Probability(1)).TotalDays, 1e-9);
        Assert.Equal(45, Timeliness.MeanDelay(new InspectionSchedule.Periodic(TimeSpan.FromDays(30)), new Probability(0.5)).TotalDays, 1e-9);
        Assert.Equal(365.25 / 6, Timeliness.MeanDelay(new InspectionSchedule.Poisson(12), new Probability(0.5)).TotalDays, 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => Timeliness.MeanDelay(new InspectionSchedule.Poisson(12), new Probability(0)));
    }

    [Fact]
    public void The_equalising_visit_leaves_the_start_of_a_diversion_indifferent()
    {
        const int steps = 200_000;
        foreach (var start in new[] { 0, 0.1, 0.3, 0.5, 0.62 })
        {
            var delay = 0.0;
            for (var i = 0; i < steps; i++)
            {
                var visit = Timeliness.EqualisingVisit(new Probability((i + 0.5) / steps));
                delay += (visit >= start ? visit : 1) - start;
            }

            Assert.Equal(1 / Math.E, delay / steps, 1e-5);
        }
    }
}
