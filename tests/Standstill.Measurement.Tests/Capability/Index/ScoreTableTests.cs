using CsCheck;
using Standstill.Measurement.Capability.Index;

namespace Standstill.Measurement.Tests.Capability.Index;

public sealed class ScoreTableTests
{
    private const string Header = "model,release_date,benchmark,score,source\n";

    [Fact]
    public void The_table_of_real_scores_is_read()
    {
        var scores = Assert.IsType<ScoreTableReading.Table>(ScoreTable.Read(File.ReadAllText("testdata/index/benchmarks.csv"))).Scores;
        Assert.Equal(301, scores.Length);
        Assert.Equal(88, scores.Select(score => score.Model).Distinct().Count());
        Assert.Equal(
            new BenchmarkScore("gpt-4.1-nano-2025-04-14", new DateOnly(2025, 4, 14), "ARC-AGI", 0, "ARC Prize Leaderboard"),
            scores.Single(score => score is { Model: "gpt-4.1-nano-2025-04-14", Benchmark: "ARC-AGI" }));
    }

    [Theory]
    [InlineData("m,2024-01-01,b,1.2,", 2, "score: `1.2` is not a share; give a number in [0, 1]; divide percentages by 100")]
    [InlineData("m,2024-01-01,b,NaN,", 2, "score: `NaN` is not a share; give a number in [0, 1]; divide percentages by 100")]
    [InlineData("m,2024-1-1,b,0.2,", 2, "release_date: `2024-1-1` is not a date; write it as yyyy-MM-dd")]
    [InlineData(",2024-01-01,b,0.2,", 2, "model: the field is empty; fill it in, or leave the row out")]
    [InlineData("m,2024-01-01,b,0.2", 2, "row: 4 fields where the header has 5; give one field for each column and quote fields with commas")]
    [InlineData("m,2024-01-01,\"b,0.2,", 2, "row: a quote is not closed or stands inside a bare field; quote the whole field and double the quotes within it")]
    [InlineData("m,2024-01-01,b,0.2,\nm,2024-01-01,b,0.3,", 3, "benchmark: `m` appears twice on `b`; keep one row, or put their mean")]
    [InlineData("m,2024-01-01,b,0.2,\nm,2024-01-02,c,0.3,", 3, "release_date: `2024-01-02` differs from an earlier row of `m`; give the model one date, or its versions different names")]
    public void A_bad_row_is_named_by_line_and_field(string rows, int line, string fault)
    {
        var refused = Assert.IsType<ScoreTableReading.Refused>(ScoreTable.Read(Header + rows + "\n"));
        Assert.Equal($"line {line}, {fault}", Assert.Single(refused.Faults).ToString());
    }

    [Theory]
    [InlineData("model,release_date,score\n", "column `benchmark` is missing")]
    [InlineData("model,release_date,benchmark,score,score\n", "column `score` appears twice")]
    [InlineData("\"model,release_date,benchmark,score\n", "a quote is not closed")]
    public void A_bad_header_is_named(string text, string what) =>
        Assert.Equal(what, Assert.Single(Assert.IsType<ScoreTableReading.Refused>(ScoreTable.Read(text)).Faults).Fault.What);

    [Fact]
    public void Quoted_fields_keep_their_commas_and_quotes() =>
        Gen.Char["ab,\" "].Array[1, 6].Select(chars => new string(chars)).Where(name => !string.IsNullOrWhiteSpace(name)).Hold(name =>
        {
            var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            var table = Assert.IsType<ScoreTableReading.Table>(ScoreTable.Read($"{Header}{quoted},2024-01-01,{quoted},0.5,{quoted}\r\n"));
            Assert.Equal(new BenchmarkScore(name, new DateOnly(2024, 1, 1), name, 0.5, name), Assert.Single(table.Scores));
        });
}
