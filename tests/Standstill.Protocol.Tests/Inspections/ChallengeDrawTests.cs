using Standstill.Protocol.Inspections;

namespace Standstill.Protocol.Tests.Inspections;

public sealed class ChallengeDrawTests
{
    private static readonly Digest Checkpoint = Digest.Of("checkpoint"u8);

    // From xoshiro256** and Lemire's method in Python, by the document.
    [Fact]
    public void The_same_challenge_draws_the_same_chunks_for_ever() =>
        Assert.Equal([139, 244, 277, 382, 430, 435, 474, 825], ChallengeDraw.Positions(Checkpoint, "challenge-1", 1000, 8));

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    [InlineData(10, 10)]
    [InlineData(10, 99)]
    [InlineData(16_777_216, 1024)]
    public void As_many_as_asked_are_drawn_each_once_and_in_order(int chunks, int count)
    {
        var drawn = ChallengeDraw.Positions(Checkpoint, "challenge-1", chunks, count);
        Assert.Equal(Math.Min(chunks, count), drawn.Length);
        Assert.Equal(drawn.Distinct().Order(), drawn);
        Assert.All(drawn, p => Assert.InRange(p, 0, chunks - 1));
    }

    [Fact]
    public void Another_checkpoint_or_another_name_draws_others()
    {
        var drawn = ChallengeDraw.Positions(Checkpoint, "challenge-1", 1_000_000, 8);
        Assert.NotEqual(drawn, ChallengeDraw.Positions(Digest.Of("later"u8), "challenge-1", 1_000_000, 8));
        Assert.NotEqual(drawn, ChallengeDraw.Positions(Checkpoint, "challenge-2", 1_000_000, 8));
    }

    /// <summary>Every pair of 6 chunks, 15 in all, is drawn equally often: χ² with 14 degrees of freedom stays below its 0.999 quantile, 36.1.</summary>
    [Fact]
    public void Every_set_of_chunks_is_equally_likely()
    {
        const int Draws = 30_000;
        var seen = Enumerable.Range(0, Draws)
            .Select(i => ChallengeDraw.Positions(Checkpoint, $"challenge-{i}", 6, 2))
            .GroupBy(p => (p[0], p[1])).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(15, seen.Count);
        Assert.InRange(seen.Values.Sum(n => (n - (Draws / 15.0)) * (n - (Draws / 15.0)) / (Draws / 15.0)), 0, 36.1);
    }

    /// <summary>The formula of docs/compute/challenges.md: 1 − C(N − A, n) / C(N, n).</summary>
    [Fact]
    public void Altered_chunks_are_hit_as_often_as_the_formula_says()
    {
        const int Draws = 20_000;
        var hits = Enumerable.Range(0, Draws).Count(i => ChallengeDraw.Positions(Checkpoint, $"challenge-{i}", 200, 10).Any(p => p < 20));
        var miss = 1.0;
        for (var i = 0; i < 10; i++)
        {
            miss *= (180.0 - i) / (200 - i);
        }

        // Four standard errors of 20,000 draws.
        Assert.InRange(hits / (double)Draws, 1 - miss - 0.0136, 1 - miss + 0.0136);
    }
}
