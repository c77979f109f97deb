using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Standstill.Measurement.Capability.Reading;

namespace Standstill.Measurement.Tests.Capability.Reading;

/// <summary>Zip files that lie: lengths, methods and places in the directory are overwritten.</summary>
public sealed class InspectArchiveTests
{
    private const string Header = """{"version":2,"status":"success","eval":{"eval_id":"e","task":"suite","model":"m"}}""";

    private const string Sample = """{"id":1,"epoch":1,"scores":{"s":{"value":"C"}},"metadata":{"human_minutes":4}}""";

    [Theory]
    [InlineData(24, 0x40000001u, "member: it has more than 1 GiB unpacked; split the log, or leave the transcript out")]
    [InlineData(24, 20u, "member: it cannot be unpacked; copy the log anew")]
    [InlineData(20, 0xFFFFFF00u, "member: it cannot be unpacked; copy the log anew")]
    [InlineData(42, 0x7FFFFFFFu, "member: it cannot be unpacked; copy the log anew")]
    [InlineData(42, 5u, "member: it cannot be unpacked; copy the log anew")]
    [InlineData(10, 14u, "member: it is encrypted, or packed neither by deflate nor by Zstandard; convert the log with `inspect log convert --to json`")]
    [InlineData(10, 93u, "member: it cannot be unpacked; copy the log anew")]
    [InlineData(10, 0u, "member: it is not JSON of an Inspect log; give a log as `inspect eval` writes it")]
    [InlineData(8, 1u, "member: it is encrypted, or packed neither by deflate nor by Zstandard; convert the log with `inspect log convert --to json`")]
    public void A_member_that_is_not_as_the_directory_says_is_named(int field, uint value, string message)
    {
        var zip = Zip(("header.json", Header), ("samples/1_epoch_1.json", Sample));
        var member = Directory(zip, 1);
        if (field is 8 or 10)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(zip.AsSpan(member + field), (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(member + field), value);
        }

        Assert.Equal($"f: `samples/1_epoch_1.json`, {message}", Fault(zip));
    }

    [Fact]
    public void Members_that_unpack_to_more_than_64_GiB_are_refused_before_any_is_unpacked()
    {
        var zip = Zip([("header.json", Header), .. Enumerable.Range(0, 65).Select(i => ($"samples/{i}_epoch_1.json", Sample))]);
        for (var i = 1; i <= 65; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(Directory(zip, i) + 24), 0x40000000);
        }

        Assert.Equal("f: file: its samples have more than 64 GiB unpacked; split the log", Fault(zip));
    }

    [Theory]
    [InlineData("samples/1_epoch_1.json")]
    [InlineData("samples/a/b_epoch_1/c_epoch_1.json")]
    [InlineData("samples/../../etc/passwd_epoch_1.json")]
    [InlineData("samples/1_epoch_1/sample.json")]
    public void A_sample_is_read_wherever_it_stands_beneath_samples(string name)
    {
        Assert.Equal(1, Runs(Zip(("header.json", Header), (name, Sample), ("other/1.json", "{"), ("samples/", ""), ("samples/x.txt", "{"))));
    }

    [Fact]
    public void A_log_that_was_not_ended_is_read_from_its_journal_with_a_note()
    {
        var reading = Assert.IsType<RunFileReading.Read>(Read(Zip(("_journal/start.json", Header.Replace("\"status\":\"success\",", "", StringComparison.Ordinal)), ("samples/1_epoch_1.json", Sample))));
        Assert.Equal(["the log of `suite` by `m` has status `started`: samples may be missing"], reading.Notes);
    }

    [Theory]
    [InlineData("f: file: it has no `header.json`; give a log of Inspect, as `inspect eval` writes it", "readme.txt", "hello")]
    [InlineData("f: `header.json`, member: it is not JSON of an Inspect log; give a log as `inspect eval` writes it", "header.json", "null")]
    [InlineData("f: eval: the log names no task or no model; give a log of Inspect with `eval.task` and `eval.model`", "header.json", "{}")]
    [InlineData("f: file: there is no run in it; give a file with runs", "header.json", Header)]
    public void A_zip_file_that_is_no_log_is_refused(string message, string name, string text) => Assert.Equal(message, Fault(Zip((name, text))));

    [Fact]
    public void A_zip_file_from_a_pipe_is_refused_with_the_remedy()
    {
        var reader = new RunFileReader(null);
        using var pipe = new GZipStream(new MemoryStream(Packed(Zip(("header.json", Header)))), CompressionMode.Decompress);
        reader.Read(pipe, "standard input");
        Assert.Equal(
            "standard input: file: a zip file cannot be read from a pipe; give it as a file",
            Assert.Single(Assert.IsType<RunFileReading.Refused>(reader.Finish()).Faults).ToString());
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Where the directory's entry for the member of that number stands.</summary>
    private static int Directory(byte[] zip, int member)
    {
        var at = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(zip.Length - 22 + 16));
        for (; member > 0; member--)
        {
            at += 46 + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 28)) + BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at + 30));
        }

        return at;
    }

    private static byte[] Zip(params (string Name, string Text)[] members)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in members)
            {
                using var member = zip.CreateEntry(name).Open();
                member.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static RunFileReading Read(byte[] zip)
    {
        var reader = new RunFileReader(null);
        reader.Read(new MemoryStream(zip), "f");
        return reader.Finish();
    }

    private static string Fault(byte[] zip) => Assert.Single(Assert.IsType<RunFileReading.Refused>(Read(zip)).Faults).ToString();

    private static long Runs(byte[] zip) => Assert.IsType<RunFileReading.Read>(Read(zip)).Set.RunCount;
}
