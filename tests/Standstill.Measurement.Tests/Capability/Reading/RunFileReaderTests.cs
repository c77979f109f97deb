using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Standstill.Measurement.Capability.Reading;
using Standstill.Measurement.Capability.Runs;

namespace Standstill.Measurement.Tests.Capability.Reading;

public sealed class RunFileReaderTests
{
    private const string Row = """{"task_id":"t1","task_family":"f","run_id":"r1","alias":"a","model":"m","score_binarized":1,"score_cont":0.7,"human_minutes":12.5,"human_source":"baseline","task_source":"suite","fatal_error_from":null,"equal_task_weight":1.0,"invsqrt_task_weight":1.0,"release_date":"2026-01-02","further":{"x":[1,2]}}""";

    [Fact]
    public void A_row_of_METR_is_read_field_by_field()
    {
        var read = Good(Row);
        Assert.Equal(new Agent("a", "m", new DateOnly(2026, 1, 2)), Assert.Single(read.Set.Agents));
        Assert.Equal(new SuiteTask("t1", 0, "suite", new Minutes(12.5), HumanTimeBasis.Measured), Assert.Single(read.Set.Tasks));
        Assert.Equal(new RunGroup(0, 0, 1, 0.7, Fatal: false, Alleged: false, 1), Assert.Single(read.Set.Runs));
        Assert.Equal(["f"], read.Set.Families);
        Assert.Empty(read.Notes);
    }

    [Fact]
    public void The_digest_is_that_of_the_file_s_bytes()
    {
        var bytes = Encoding.UTF8.GetBytes(Row + "\n" + Row.Replace("r1", "r2", StringComparison.Ordinal) + "\n");
        var file = Assert.Single(Assert.IsType<RunFileReading.Read>(Read(bytes)).Files);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.Sha256);
        Assert.Equal((bytes.Length, 2L, RunFileFormat.JsonLines), (file.Bytes, file.Rows, file.Format));
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("", "\r\n")]
    [InlineData("", "\n\n")]
    [InlineData("", "")]
    public void Line_ends_a_byte_order_mark_and_empty_lines_make_no_difference(string start, string end) =>
        Assert.Equal(Good(Row).Set.Runs, Good(start + Row + end).Set.Runs);

    [Theory]
    [InlineData("\"human_minutes\":12.5", "\"human_minutes\":-1", "f.jsonl: line 1, human_minutes: `-1` is not a length; give minutes above zero")]
    [InlineData("\"human_minutes\":12.5", "\"human_minutes\":\"abc\"", "f.jsonl: line 1, human_minutes: `abc` is not a number; write a JSON number, or null")]
    [InlineData("\"human_minutes\":12.5", "\"human_minutes\":null", "f.jsonl: line 1, human_minutes: there is none for task `t1`; give the task's human time, in the file or in a task table")]
    [InlineData("\"score_binarized\":1", "\"score_binarized\":1.5", "f.jsonl: line 1, score_binarized: `1.5` is outside [0, 1]; give 0 for a failure, 1 for a success")]
    [InlineData("\"score_binarized\":1,", "", "f.jsonl: line 1, score_binarized: there is none; give 0 for a failure, 1 for a success")]
    [InlineData("\"alias\":\"a\"", "\"alias\":\" \"", "f.jsonl: line 1, alias: there is none; give a name that is not blank")]
    [InlineData("\"task_id\":\"t1\"", "\"task_id\":7", "f.jsonl: line 1, task_id: it is not a string; write a JSON string, or null")]
    [InlineData("\"task_id\":\"t1\"", "\"task_id\":\"t1\",\"task_id\":\"t1\"", "f.jsonl: line 1, task_id: it stands twice in one row; keep one")]
    [InlineData("2026-01-02", "2026-02-30", "f.jsonl: line 1, release_date: `2026-02-30` is not a date; write it as yyyy-MM-dd")]
    [InlineData("}}", "}", "f.jsonl: line 1, line: it is not JSON; write each run as one JSON object in UTF-8")]
    [InlineData("}}", "}} {}", "f.jsonl: line 1, line: it is not JSON; write each run as one JSON object in UTF-8")]
    public void A_bad_row_is_named_by_line_and_field(string good, string bad, string message) =>
        Assert.Equal(message, Assert.Single(Bad(Row.Replace(good, bad, StringComparison.Ordinal)).Faults).ToString());

    [Fact]
    public void A_run_that_stands_there_twice_is_named_with_its_first_line() =>
        Assert.Equal(
            "f.jsonl: line 2, run_id: `r1` of `a` is line 1 already; keep each run once",
            Assert.Single(Bad(Row + "\n" + Row).Faults).ToString());

    [Fact]
    public void A_task_with_two_lengths_is_refused() =>
        Assert.Equal(
            "f.jsonl: line 2, human_minutes: `t1` takes `13` here and `12.5` above; give each task one human time",
            Assert.Single(Bad(Row + "\n" + Row.Replace("12.5", "13", StringComparison.Ordinal).Replace("r1", "r2", StringComparison.Ordinal)).Faults).ToString());

    [Fact]
    public void Reading_goes_on_after_a_fault_and_counts_the_rest()
    {
        var lines = Enumerable.Range(0, 50).Select(i => Row.Replace("r1", $"x{i}", StringComparison.Ordinal).Replace("12.5", i == 3 ? "12.5" : "0", StringComparison.Ordinal));
        var refused = Bad(string.Join('\n', lines));
        Assert.Equal((RunFileReader.MostFaults, 49L), (refused.Faults.Length, refused.Total));
        Assert.DoesNotContain(refused.Faults, fault => fault.Place == "line 4");
    }

    [Theory]
    [InlineData("", "f.jsonl: file: it is empty; give a file with runs")]
    [InlineData("hello\nworld", "f.jsonl: file: the form is not known; give JSON lines, comma-separated text with a header, or a log of Inspect")]
    [InlineData("alias,task_id,score_binarized\n", "f.jsonl: file: there is no run in it; give a file with runs")]
    [InlineData("alias,task_id\na,b\n", "f.jsonl: line 1, header: column `score_binarized` is missing; name the columns `alias,task_id,score_binarized` and, without a task table, `task_family,human_minutes`")]
    [InlineData("alias,task_id,runs,successes\na,b,3\n", "f.jsonl: line 2, row: 3 fields where the header has 4; give one field for each column and quote fields with commas")]
    [InlineData("alias,task_id,task_family,human_minutes,runs,successes\na,b,f,2,3,4\n", "f.jsonl: line 2, successes: `4` is not a count from 0 to `3`; give a whole number that is at most the runs")]
    [InlineData("alias,task_id,task_family,human_minutes,runs,successes\na,b,f,2,0,0\n", "f.jsonl: line 2, runs: `0` is not a count of runs; give a whole number from 1 up")]
    [InlineData("alias,task_id,task_family,human_minutes,score_binarized\na,b,f,2,yes\n", "f.jsonl: line 2, score_binarized: `yes` is not a number; write a number with a point, or leave the field empty")]
    [InlineData("{\"eval\":{\"task\":\"t\"},\"samples\":[]}", "f.jsonl: eval: the log names no task or no model; give a log of Inspect with `eval.task` and `eval.model`")]
    [InlineData("{\"eval\":{\"task\":\"t\",\"model\":\"m\"},\"samples\":[{\"id\":1,\"scores\":{\"s\":{\"value\":\"good\"}}}]}", "f.jsonl: sample `1`, epoch 1, score: `\"good\"` is not a score; score samples with a number in [0, 1], true or false, or C, P, N, I")]
    [InlineData("{\"eval\":", "f.jsonl: file: it is not a log of Inspect; give a log as `inspect eval` writes it, or `inspect log dump FILE`")]
    public void A_file_that_is_none_is_refused_with_the_remedy(string text, string message) =>
        Assert.Equal(message, Assert.Single(Bad(text).Faults).ToString());

    [Theory]
    [InlineData("alias;task_id;score_binarized\na;b;1\n", "f.jsonl: line 1, header: the columns are not separated by commas; save the file as comma-separated text")]
    [InlineData("alias,task_id,task_family,human_minutes,score_binarized,alias\n", "f.jsonl: line 1, header: column `alias` appears twice; keep one")]
    [InlineData("alias,task,task_id,family,minutes,runs,successes\n", "f.jsonl: line 1, header: column `task_id` appears twice; keep one")]
    [InlineData("alias,task_id,\"task_family\na,b,1\n", "f.jsonl: line 1, row: a quote is not closed or stands inside a bare field; quote the whole field and double the quotes within it")]
    [InlineData("alias,task,family,minutes,runs,successes\na,b,f,2,3,1\na,b,f,2,3,1\n", "f.jsonl: line 3, task_id: `b` of `a` is line 2 already; count all runs of an agent at a task in one line")]
    [InlineData("alias,task,family,minutes,runs,successes\na,b,f,0,3,1\n", "f.jsonl: line 2, human_minutes: `0` is not a length; give minutes above zero")]
    [InlineData("alias,task,family,minutes,runs,successes\na,b,f,1,99999999999,1\n", "f.jsonl: line 2, runs: `99999999999` is not a count of runs; give a whole number from 1 up")]
    [InlineData("alias,task,family,minutes,runs,successes\na,b,f,1,2147483647,1\na,c,f,1,1,1\n", "f.jsonl: line 3, runs: with `1` more there are over 2,147,483,647 runs; leave some out")]
    [InlineData("alias,task_id,task_family,human_minutes,score_binarized,alleged_cheating\na,b,f,2,1,perhaps\n", "f.jsonl: line 2, alleged_cheating: `perhaps` is neither true nor false; write true or false, or leave the field empty")]
    [InlineData("alias,task_id,task_family,human_minutes,score_binarized,score_cont\na,b,f,2,1,Infinity\n", "f.jsonl: line 2, score_cont: `Infinity` is outside [0, 1]; give a share of the full score, or leave it out")]
    [InlineData("alias,task_id,task_family,human_minutes,score_binarized\na,b,f,2,NaN\n", "f.jsonl: line 2, score_binarized: there is none; give 0 for a failure, 1 for a success")]
    [InlineData("[{\"task_id\":\"t\"}]", "f.jsonl: file: it is one JSON array; write each run as one JSON object on a line of its own (pandas: `to_json(path, orient=\"records\", lines=True)`)")]
    public void A_table_that_is_bad_is_named_by_line_and_field(string text, string message) =>
        Assert.Equal(message, Assert.Single(Bad(text).Faults).ToString());

    [Theory]
    [InlineData("f.jsonl: line 1, line: it is not UTF-8; save the file as UTF-8", "{\"task_id\":\"t\",\"skipped\":\"?\"}")]
    [InlineData("f.jsonl: line 2, line: it is not UTF-8; save the file as UTF-8", "alias,task_id,score_binarized\na?,b,1\n")]
    public void Bytes_that_are_not_UTF_8_are_refused_wherever_they_stand(string message, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[bytes.IndexOf((byte)'?')] = 0xE9;
        Assert.Equal(message, Assert.Single(Assert.IsType<RunFileReading.Refused>(Read(bytes)).Faults).ToString());
    }

    [Fact]
    public void A_file_that_is_given_twice_is_refused_by_one_fault()
    {
        var reader = new RunFileReader(null);
        foreach (var name in new[] { "one.jsonl", "two.jsonl" })
        {
            reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Row + "\n" + Row.Replace("r1", "r2", StringComparison.Ordinal))), name);
        }

        Assert.Equal(
            "two.jsonl: file: it has the same bytes as `one.jsonl`; give each file once",
            Assert.Single(Assert.IsType<RunFileReading.Refused>(reader.Finish()).Faults).ToString());
    }

    [Theory]
    [InlineData("\"equal_task_weight\":1.0", 1)]
    [InlineData("\"equal_task_weight\":1.001", 1)]
    [InlineData("\"equal_task_weight\":0.5", 0)]
    [InlineData("\"equal_task_weight\":0.5000005", 0)]
    public void Weights_that_differ_from_row_to_row_are_noted(string second, int notes)
    {
        var rows = Row.Replace("\"equal_task_weight\":1.0,\"invsqrt_task_weight\":1.0", "\"equal_task_weight\":0.5,\"invsqrt_task_weight\":0.5", StringComparison.Ordinal);
        var other = rows.Replace("r1", "r2", StringComparison.Ordinal).Replace("\"equal_task_weight\":0.5", second, StringComparison.Ordinal);
        Assert.Equal(notes, Good(rows + "\n" + other).Notes.Length);
    }

    [Fact]
    public void A_line_of_more_than_a_mebibyte_is_refused_and_the_next_one_read()
    {
        var refused = Bad(Row[..^1] + ",\"long\":\"" + new string('x', (1 << 20) + 100) + "\"}\n" + Row.Replace("12.5", "0", StringComparison.Ordinal));
        Assert.Equal(
            ["f.jsonl: line 1, line: it is longer than 1 MiB; write one run a line, without its transcript", "f.jsonl: line 2, human_minutes: `0` is not a length; give minutes above zero"],
            refused.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Comma_separated_text_says_the_same_as_JSON_lines()
    {
        const string csv = "run_id,alias,model,task_id,task_family,score_binarized,score_cont,human_minutes,human_source,task_source,fatal_error_from,alleged_cheating,release_date\n"
            + "r1,a,m,t1,f,1,0.7,12.5,baseline,suite,,,2026-01-02\nr2,a,m,t1,f,0,,12.5,baseline,suite,usageLimits,true,2026-01-02\n";
        var lines = Row + "\n" + """{"task_id":"t1","task_family":"f","run_id":"r2","alias":"a","model":"m","score_binarized":0,"score_cont":null,"human_minutes":12.5,"human_source":"baseline","task_source":"suite","fatal_error_from":"usageLimits","alleged_cheating":true,"release_date":"2026-01-02"}""";
        var (left, right) = (Good(csv), Good(lines));
        Assert.Equal(right.Set.Runs, left.Set.Runs);
        Assert.Equal(right.Set.Tasks, left.Set.Tasks);
        Assert.Equal(right.Set.Agents, left.Set.Agents);
        Assert.Equal(["1 runs ended in a fatal error", "1 runs are alleged to have cheated"], left.Notes);
    }

    [Fact]
    public void Counts_say_the_same_as_so_many_runs()
    {
        var counts = Good("alias,task_id,task_family,human_minutes,runs,successes\na,t1,f,12.5,5,2\na,t2,f,3,4,4\n");
        var rows = string.Join('\n', Enumerable.Range(0, 9).Select(i =>
            i < 5 ? $"a,t1,f,12.5,{(i < 2 ? 1 : 0)}" : "a,t2,f,3,1"));
        Assert.Equal(Good("alias,task_id,task_family,human_minutes,score_binarized\n" + rows).Set.Runs, counts.Set.Runs);
        Assert.Equal(9, counts.Set.RunCount);
    }

    [Fact]
    public void A_task_table_goes_before_the_file()
    {
        Assert.Empty(TaskTable.Read("task_id,task_family,human_minutes,human_source\nt1,other,99,estimate\n", out var table));
        var task = Assert.Single(Good(Row, table).Set.Tasks);
        Assert.Equal((99, HumanTimeBasis.Estimated), (task.Human.Value, task.Basis));
    }

    [Theory]
    [InlineData("task_id,task_family\n", "line 1, header: column `human_minutes` is missing; begin with `task_id,task_family,human_minutes`")]
    [InlineData("task_id,task_family,human_minutes\nt,f,x\n", "line 2, human_minutes: `x` is not a length; give minutes above zero, such as 3.5")]
    [InlineData("task_id,task_family,human_minutes\nt,f,1\nt,f,1\n", "line 3, task_id: `t` appears twice; keep one line")]
    public void A_bad_task_table_is_named_by_line_and_field(string text, string message) =>
        Assert.Equal(message, Assert.Single(TaskTable.Read(text, out _)).ToString());

    [Theory]
    [InlineData("alias,release_date\na,2026-13-01\n", "line 2, release_date: `2026-13-01` is not a date; write it as yyyy-MM-dd")]
    [InlineData("alias,release_date\n,2026-01-01\n", "line 2, alias: the field is empty; give a name")]
    [InlineData("alias,release_date\na,2026-01-01\na,2026-01-01\n", "line 3, alias: `a` appears twice; keep one line")]
    public void A_bad_release_table_is_named_by_line_and_field(string text, string message) =>
        Assert.Equal(message, Assert.Single(ReleaseTable.Read(text, out _)).ToString());

    [Fact]
    public void Weights_of_a_larger_file_are_noted() =>
        Assert.Equal(
            ["the file's own weights differ from those computed here at 1 pairs of agent and task: was it cut from a larger file?"],
            Good(Row.Replace("\"equal_task_weight\":1.0", "\"equal_task_weight\":0.2", StringComparison.Ordinal)).Notes);

    [Fact]
    public void Several_files_make_one_set_and_a_run_in_two_of_them_is_named()
    {
        var reader = new RunFileReader(null);
        reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Row)), "one.jsonl");
        reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Row.Replace("\"r1\"", "\"r2\"", StringComparison.Ordinal))), "two.jsonl");
        Assert.Equal(2, Assert.IsType<RunFileReading.Read>(reader.Finish()).Set.RunCount);

        reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Row + "\n")), "three.jsonl");
        Assert.Equal(
            "three.jsonl: line 1, run_id: `r1` of `a` is line 1 of one.jsonl already; keep each run once",
            Assert.Single(Assert.IsType<RunFileReading.Refused>(reader.Finish()).Faults).ToString());
    }

    [Fact]
    public void A_log_of_Inspect_is_the_same_as_a_document_and_as_a_zip_file()
    {
        var document = Good(InspectLog.Json);
        var zip = Assert.IsType<RunFileReading.Read>(Read(InspectLog.Zip()));
        Assert.Equal(document.Set.Runs, zip.Set.Runs);
        Assert.Equal(document.Set.Tasks, zip.Set.Tasks);
        Assert.Equal(RunFileFormat.InspectEval, zip.Files[0].Format);
        Assert.Equal(["openai/sample"], document.Set.Agents.Select(agent => agent.Alias));
        Assert.Equal(["suite/one", "suite/three", "suite/two"], document.Set.Tasks.Select(task => task.Id));
        Assert.Equal(
            [(0, 0.0, 0.0, false), (0, 1.0, 1.0, false), (1, 0.0, -1.0, true), (2, 0.0, 0.5, false)],
            document.Set.Runs.Select(run => (run.Task, run.Score, run.Continuous ?? -1, run.Fatal)));
    }

    [Fact]
    public void A_member_that_is_damaged_is_named()
    {
        var zip = InspectLog.Zip(("samples/one_epoch_9.json", "{"));
        Assert.Equal(
            "f.jsonl: `samples/one_epoch_9.json`, member: it is not JSON of an Inspect log; give a log as `inspect eval` writes it",
            Assert.Single(Assert.IsType<RunFileReading.Refused>(Read(zip)).Faults).ToString());
    }

    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        using var stream = new ManyRows(1_000_000);
        var reader = new RunFileReader(null);
        reader.Read(stream, "many.csv");
        var read = Assert.IsType<RunFileReading.Read>(reader.Finish());
        Assert.Equal(1_000_000, read.Set.RunCount);
        Assert.True(read.Set.Runs.Length <= 4);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, 60_000_000);
    }

    internal static RunFileReading Read(byte[] bytes, TaskTable? tasks = null)
    {
        var reader = new RunFileReader(tasks);
        reader.Read(new MemoryStream(bytes), "f.jsonl");
        return reader.Finish();
    }

    private static RunFileReading.Read Good(string text, TaskTable? tasks = null)
    {
        var reading = Read(Encoding.UTF8.GetBytes(text), tasks);
        return reading as RunFileReading.Read ?? throw new InvalidOperationException(string.Join('\n', ((RunFileReading.Refused)reading).Faults));
    }

    private static RunFileReading.Refused Bad(string text) => Assert.IsType<RunFileReading.Refused>(Read(Encoding.UTF8.GetBytes(text)));

    /// <summary>A long file that is never whole in memory.</summary>
    private sealed class ManyRows(int rows) : Stream
    {
        private byte[] line = "alias,task_id,task_family,human_minutes,score_binarized\n"u8.ToArray();
        private int at;
        private int row;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (at == line.Length)
            {
                if (row == rows)
                {
                    return 0;
                }

                line = Encoding.ASCII.GetBytes($"a{row % 2},t,f,5,{row / 2 % 2}\n");
                row++;
                at = 0;
            }

            var read = Math.Min(count, line.Length - at);
            line.AsSpan(at, read).CopyTo(buffer.AsSpan(offset));
            at += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>SAMPLE: a log in the form that Inspect documents.</summary>
internal static class InspectLog
{
    private const string Header = """{"version":2,"status":"success","eval":{"run_id":"x","created":"2026-01-01T00:00:00Z","task":"suite","model":"openai/sample","config":{"epochs":2}}""";

    private static readonly string[] Samples =
    [
        """{"id":"one","epoch":1,"input":"…","target":"","messages":[{"role":"user","content":"hi"}],"scores":{"match":{"value":"C","answer":"4"}},"metadata":{"human_minutes":4,"task_family":"f1"}}""",
        """{"id":"one","epoch":2,"scores":{"match":{"value":"I"}},"metadata":{"human_minutes":4,"task_family":"f1"}}""",
        """{"id":"two","epoch":1,"scores":{"match":{"value":0.5}},"metadata":{"human_minutes":60,"task_family":"f2"}}""",
        """{"id":"three","epoch":1,"scores":null,"error":{"message":"boom"},"metadata":{"human_minutes":90,"task_family":"f1"}}""",
    ];

    public static string Json => Header + ",\"samples\":[" + string.Join(',', Samples) + "]}";

    public static byte[] Zip(params (string Name, string Text)[] more)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in Samples.Select((text, i) => ($"samples/{i}.json", text)).Prepend(("header.json", Header + "}")).Concat(more))
            {
                using var member = new StreamWriter(zip.CreateEntry(name).Open());
                member.Write(text);
            }
        }

        return bytes.ToArray();
    }
}
