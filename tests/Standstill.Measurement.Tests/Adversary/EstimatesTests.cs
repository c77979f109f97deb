using Standstill.Measurement.Adversary;

namespace Standstill.Measurement.Tests.Adversary;

public class EstimatesTests
{
    [Theory]
    [InlineData(0, 10, 0, 0.2775)] // Wilson's interval as tabled by many: 0/10, 1/10, 5/10 (Newcombe 1998, method 3, for 0/10: 0 to 0.2775)
    [InlineData(1, 10, 0.0179, 0.4042)]
    [InlineData(5, 10, 0.2366, 0.7634)]
    [InlineData(81, 263, 0.2553, 0.3662)] // Newcombe, Statistics in Medicine 17 (1998) 857, table I
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void A_share_of_draws_has_the_published_interval(int hits, int draws, double low, double high)
    {
        var share = new DrawnShare(hits, draws);
        Assert.Equal(low, share.Low.Value, 4);
        Assert.Equal(high, share.High.Value, 4);
    }

    [Fact]
    public void Of_no_draws_nothing_is_known() =>
        Assert.Equal((0.0, 0.0, 1.0), (new DrawnShare(0, 0).Value.Value, new DrawnShare(0, 0).Low.Value, new DrawnShare(0, 0).High.Value));

    [Theory]
    [InlineData(10, 4.795, 18.390)] // exact Poisson limits: Garwood 1936; Byar's approximation gives them to two digits or better
    [InlineData(50, 37.111, 65.919)]
    [InlineData(100, 81.364, 121.627)]
    public void A_rate_has_the_interval_of_a_Poisson_count(int count, double low, double high)
    {
        var rate = new YearlyRate(count, 2);
        Assert.Equal(low, 2 * rate.Low, 0.03);
        Assert.Equal(high, 2 * rate.High, 0.03);
    }

    [Fact]
    public void A_paired_difference_knows_no_error_where_nothing_differs()
    {
        var none = new PairedDifference(0, 0, 100);
        Assert.Equal((0.0, 0.0, 0.0), (none.Value, none.Low, none.High));

        // McNemar's variance: (b + c − (b − c)²/n)/n².
        var some = new PairedDifference(12, 4, 100);
        Assert.Equal(0.08, some.Value, 12);
        Assert.Equal(Math.Sqrt((16 - (64.0 / 100)) / 10000), some.StandardError, 12);
    }
}
