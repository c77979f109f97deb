using System.Text;
using Standstill.Measurement.Capability.Reading;

namespace Standstill.Measurement.Tests.Capability.Reading;

public sealed class InspectLogTests
{
    private const string Metadata = "\"metadata\":{\"human_minutes\":4,\"task_family\":\"f\"}";

    [Theory]
    [InlineData("\"C\"", 1, 1)]
    [InlineData("\"I\"", 0, 0)]
    [InlineData("\"N\"", 0, 0)]
    [InlineData("\"P\"", 0, 0.5)]
    [InlineData("true", 1, 1)]
    [InlineData("false", 0, 0)]
    [InlineData("1", 1, 1)]
    [InlineData("0.0", 0, 0)]
    [InlineData("0.75", 0, 0.75)]
    public void The_first_scorer_s_value_is_the_score(string value, double score, double continuous)
    {
        var run = Assert.Single(Good(Sample($"\"scores\":{{\"z\":{{\"value\":{value}}},\"a\":{{\"value\":0.125}}}}")).Set.Runs);
        Assert.Equal((score, continuous), (run.Score, run.Continuous));
    }

    [Theory]
    [InlineData("\"error\":{\"message\":\"boom\"}", true)]
    [InlineData("\"limit\":{\"type\":\"time\",\"limit\":9}", false)]
    [InlineData("\"scores\":{\"s\":{\"value\":NaN}},\"error\":{\"message\":\"boom\"}", true)]
    public void A_sample_that_an_error_or_a_limit_ended_unscored_failed(string ending, bool fatal)
    {
        var run = Assert.Single(Good(Sample(ending)).Set.Runs);
        Assert.Equal((0, null, fatal), (run.Score, run.Continuous, run.Fatal));
    }

    [Fact]
    public void A_sample_without_a_score_or_invalidated_is_left_out_with_a_note()
    {
        var read = Good(
            Sample("\"scores\":{\"s\":{\"value\":NaN}}"),
            Sample("\"scores\":{\"s\":{\"value\":null}}", 2),
            Sample("\"scores\":{\"s\":{\"value\":\"C\"}},\"invalidation\":{\"author\":\"x\"}", 3),
            Sample("\"scores\":{\"s\":{\"value\":\"C\"}}", 4));
        Assert.Equal(1, read.Set.RunCount);
        Assert.Equal(["2 samples have no score and are left out", "1 samples were invalidated and are left out"], read.Notes);
    }

    [Fact]
    public void What_a_careful_reader_would_ask_of_a_log_is_noted()
    {
        var reader = new RunFileReader(null);
        Read(reader, Log("error", 1, Sample("\"scores\":{\"s\":{\"value\":1},\"t\":{\"value\":0}}")), "one.json");
        Read(reader, Log("success", 2, Sample("\"scores\":{\"s\":{\"value\":1}}", 2)), "two.json");
        Assert.Equal(
            [
                "the log of `suite` by `m` has status `error`: samples may be missing",
                "samples of `suite` have 2 scorers: the first, `s`, is taken",
                "`suite` is there in versions `1` and `2`, counted as one task",
            ],
            Assert.IsType<RunFileReading.Read>(reader.Finish()).Notes);
    }

    [Fact]
    public void A_sample_that_a_retry_took_over_is_named()
    {
        var reader = new RunFileReader(null);
        Read(reader, Log("error", 0, Sample("\"uuid\":\"abc\",\"scores\":{\"s\":{\"value\":1}}")), "one.json");
        Read(reader, Log("success", 0, Sample("\"uuid\":\"abc\",\"scores\":{\"s\":{\"value\":1}}")), "two.json");
        Assert.Equal(
            "two.json: sample `1`, epoch 1, run_id: `abc` of `m` is sample 1 of one.json already; keep each run once",
            Assert.Single(Assert.IsType<RunFileReading.Refused>(reader.Finish()).Faults).ToString());
    }

    [Theory]
    [InlineData("\"scores\":{}", "sample `1`, epoch 1, score: there is none; score the log with `inspect score`")]
    [InlineData("\"scores\":{\"s\":{\"value\":{\"a\":1}}}", "sample `1`, epoch 1, score: `{\"a\":1}` is not a score; score samples with a number in [0, 1], true or false, or C, P, N, I")]
    [InlineData("\"scores\":{\"s\":{\"value\":17}}", "sample `1`, epoch 1, score_binarized: `17` is outside [0, 1]; give 0 for a failure, 1 for a success")]
    [InlineData("\"scores\":{\"s\":{\"value\":1}},\"uuid\":\"a\",\"uuid\":\"b\"", "file: it is not a log of Inspect; give a log as `inspect eval` writes it, or `inspect log dump FILE`")]
    public void A_bad_sample_is_named(string fields, string message) =>
        Assert.Equal("f: " + message, Assert.Single(Bad(Log("success", 0, Sample(fields))).Faults).ToString());

    [Theory]
    [InlineData("{}", "human_minutes: there is none for task `suite/1`; give the task's human time, in the file or in a task table")]
    [InlineData("{\"human_minutes\":\"4\"}", "human_minutes: `\"4\"` is not a number; give minutes as a JSON number in the sample's metadata")]
    [InlineData("{\"human_minutes\":4,\"release_date\":\"May\"}", "release_date: `May` is not a date; write it as yyyy-MM-dd")]
    public void Bad_metadata_is_named(string metadata, string message) =>
        Assert.Equal(
            "f: sample `1`, epoch 1, " + message,
            Assert.Single(Bad(Log("success", 0, $"{{\"id\":1,\"scores\":{{\"s\":{{\"value\":1}}}},\"metadata\":{metadata}}}")).Faults).ToString());

    [Fact]
    public void A_task_table_gives_what_the_metadata_lacks()
    {
        Assert.Empty(TaskTable.Read("task_id,task_family,human_minutes\nsuite/1,tables,77\n", out var table));
        var reader = new RunFileReader(table);
        Read(reader, Log("success", 0, "{\"id\":1,\"scores\":{\"s\":{\"value\":1}}}"), "f");
        var set = Assert.IsType<RunFileReading.Read>(reader.Finish()).Set;
        Assert.Equal((77, "tables"), (set.Tasks[0].Human.Value, set.Families[0]));
    }

    private static string Sample(string fields, int epoch = 1) => $"{{\"id\":1,\"epoch\":{epoch},{Metadata},{fields}}}";

    private static string Log(string status, int version, params string[] samples) =>
        $"{{\"version\":2,\"status\":\"{status}\",\"eval\":{{\"eval_id\":\"e\",\"task\":\"suite\",\"task_version\":{version},\"model\":\"m\"}},\"samples\":[{string.Join(',', samples)}]}}";

    private static void Read(RunFileReader reader, string log, string file) => reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(log)), file);

    private static RunFileReading.Read Good(params string[] samples)
    {
        var reader = new RunFileReader(null);
        Read(reader, Log("success", 0, samples), "f");
        return Assert.IsType<RunFileReading.Read>(reader.Finish());
    }

    private static RunFileReading.Refused Bad(string log)
    {
        var reader = new RunFileReader(null);
        Read(reader, log, "f");
        return Assert.IsType<RunFileReading.Refused>(reader.Finish());
    }
}
