using System.Collections.Immutable;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using Standstill.Measurement.Accounting;

namespace Standstill.Measurement.Tests.Accounting;

public sealed class BalanceCovarianceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private sealed record Sequence(ErrorModel Errors, ImmutableArray<ChipHours> Present, ImmutableArray<int> Counts, ImmutableArray<double> Balances);

    private static readonly Gen<Sequence> AnySequence =
        from random in Gen.Double[0.0005, 0.05]
        from systematic in Gen.Double[0, 0.05]
        from counting in Gen.Double[0, 0.05]
        from periods in Gen.Int[1, 40]
        from present in Gen.Double[100, 30_000].Array[periods]
        from recounts in Gen.Int[0, 5].Array[periods]
        from relative in Gen.Double[-0.2, 0.2].Array[periods]
        let counts = recounts.Aggregate(ImmutableArray<int>.Empty, (list, draw) => list.Add((list.IsEmpty ? 0 : list[^1]) + (draw == 5 ? 1 : 0)))
        select new Sequence(
            new(random, systematic, counting),
            [.. present.Select(hours => new ChipHours(hours))],
            counts,
            [.. present.Zip(relative, (hours, part) => hours * part)]);

    private static BalanceCovariance Covariance(Sequence sequence) =>
        BalanceCovariance.Of(ErrorComponent.Of(sequence.Errors, sequence.Present, sequence.Counts));

    private static Matrix<double> Dense(BalanceCovariance covariance) =>
        Matrix<double>.Build.Dense(covariance.Size, covariance.Size, (row, column) => covariance.Values[(row * covariance.Size) + column]);

    [Fact]
    public void The_covariance_is_that_of_the_formula() => AnySequence.Hold(sequence =>
    {
        var covariance = Covariance(sequence);
        for (var t = 0; t < covariance.Size; t++)
        {
            for (var u = 0; u < covariance.Size; u++)
            {
                var product = sequence.Present[t].Value * sequence.Present[u].Value;
                var expected = product * (
                    (t == u ? Math.Pow(sequence.Errors.Random, 2) : 0)
                    + Math.Pow(sequence.Errors.Systematic, 2)
                    + (sequence.Counts[t] == sequence.Counts[u] ? Math.Pow(sequence.Errors.Counting, 2) : 0));
                Assert.Equal(expected, covariance.Values[(t * covariance.Size) + u], expected * 1e-12);
            }
        }
    });

    [Fact]
    public void Standardised_balances_are_those_of_an_independent_Cholesky() => AnySequence.Hold(sequence =>
    {
        var covariance = Covariance(sequence);
        var expected = Dense(covariance).Cholesky().Factor.Inverse() * Vector<double>.Build.DenseOfEnumerable(sequence.Balances);
        var found = covariance.Standardised(sequence.Balances);
        for (var i = 0; i < covariance.Size; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-8 * (1 + Math.Abs(expected[i])));
        }
    });

    [Fact]
    public void The_running_account_has_the_standardised_balances_of_the_dense_Cholesky() => AnySequence.Hold(sequence =>
    {
        var tests = new BalanceTests(new(sequence.Errors, null, 1, 365), new(0.5, 900), new(0.1, 900), 9);
        var dense = Covariance(sequence).Standardised(sequence.Balances);
        var book = AreaBook.Empty;
        for (var period = 0; period < dense.Length; period++)
        {
            var (present, balance) = (sequence.Present[period].Value, sequence.Balances[period]);
            var step = book.Post(
                new(Start.AddDays(period), Start.AddDays(period + 1), new(present), new(present / 4), default, new((present * 3 / 4) - balance), sequence.Counts[period], null),
                tests);
            Assert.Equal(dense[period], step.Reading.Standardised, 1e-9 * (1 + Math.Abs(dense[period])));
            Assert.Equal(Covariance(sequence).CumulativeDeviation(period + 1), step.Reading.CumulativeSigma, 1e-9 * step.Reading.CumulativeSigma);
            book = step.Book;
        }
    });

    [Fact]
    public void Stock_balances_have_a_covariance_of_three_diagonals()
    {
        var covariance = BalanceCovariance.Of(ErrorComponent.OfStocks([1, 2, 3, 4], [0.5, 0.6, 0.7]));
        double[] expected =
        [
            1 + 4 + 0.25, -4, 0,
            -4, 4 + 9 + 0.36, -9,
            0, -9, 9 + 16 + 0.49,
        ];
        Assert.Equal(expected, covariance.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(Math.Sqrt(1 + 16 + 0.25 + 0.36 + 0.49), covariance.CumulativeDeviation(3), 12);
    }

    [Fact]
    public void A_covariance_without_an_error_for_each_balance_is_refused()
    {
        Assert.Throws<ArgumentException>(() => BalanceCovariance.Of([new([1, 1]), new([2, 2])]));
        Assert.Throws<ArgumentException>(() => BalanceCovariance.Of(2, [1, 0.5, 0.4, 1]));
        Assert.Throws<ArgumentException>(() => BalanceCovariance.Of(2, [1, 2, 2, 1]));
    }

    [Fact]
    public void Gemuf_is_the_quadratic_form_of_its_definition() => AnySequence.Hold(sequence =>
    {
        var covariance = Covariance(sequence);
        var (v1, v5) = (Gemuf.V1(sequence.Balances, covariance), Gemuf.V5B3(sequence.Balances, covariance));
        var size = covariance.Size;
        for (var n = 1; n <= size; n++)
        {
            var inverse = Dense(covariance).SubMatrix(0, n, 0, n).Inverse();
            var balances = Vector<double>.Build.DenseOfEnumerable(sequence.Balances.Take(n));
            Assert.Equal(balances * inverse * balances, v1[n - 1], 1e-7 * (1 + v1[n - 1]));
            if (n < 3 || n + 1 >= size)
            {
                Assert.Null(v5[n - 1]);
                continue;
            }

            double Weighted(int i) => i < 2 ? 0 : Enumerable.Range(i - 2, 5).Sum(j => sequence.Balances[j] * (j == i ? 3 : 1)) / 7;
            var pattern = Vector<double>.Build.Dense(n, Weighted);
            var expected = pattern * inverse * balances;
            Assert.Equal(expected, v5[n - 1]!.Value, 1e-7 * (1 + v1[n - 1]));
        }
    });
}
