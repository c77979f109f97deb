using System.Text;
using CsCheck;
using Standstill.Measurement.Capability.Reading;

namespace Standstill.Measurement.Tests.Capability.Reading;

/// <summary>Whatever the bytes, reading answers: it gives runs, or says why not. It never throws.</summary>
public sealed class RunFileFuzzTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private const string Line = """{"task_id":"t1","task_family":"f","run_id":"r1","alias":"a","score_binarized":1,"score_cont":0.5,"human_minutes":12.5,"release_date":"2026-01-02"}""";

    public static TheoryData<string> Forms => ["lines", "csv", "counts", "json", "zip", "zstd", "zip64"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void No_mutation_makes_reading_throw(string form)
    {
        var good = Sample(form);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 3], Gen.Int[0, 40]).Array[1, 4].Sample(
            edits =>
            {
                var bytes = good.ToList();
                foreach (var (at, value, kind, length) in edits)
                {
                    var place = Math.Min(at, bytes.Count - 1);
                    switch (kind)
                    {
                        case 0 when place >= 0:
                            bytes[place] = value;
                            break;
                        case 1 when place >= 0:
                            bytes.RemoveRange(place, Math.Min(length, bytes.Count - place));
                            break;
                        case 2:
                            bytes.InsertRange(Math.Max(place, 0), Enumerable.Repeat(value, length));
                            break;
                        default:
                            bytes.InsertRange(Math.Max(place, 0), good.Take(length));
                            break;
                    }
                }

                Answers([.. bytes]);
            },
            seed: Seed,
            iter: 4000,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void No_file_that_is_cut_makes_reading_throw(string form)
    {
        var good = Sample(form);
        for (var length = 0; length < good.Length; length++)
        {
            Answers(good[..length]);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_sample_is_read(string form) => Assert.IsType<RunFileReading.Read>(RunFileReaderTests.Read(Sample(form)));

    private static void Answers(byte[] bytes)
    {
        switch (RunFileReaderTests.Read(bytes))
        {
            case RunFileReading.Read read:
                Assert.True(read.Set.RunCount > 0);
                break;
            case RunFileReading.Refused refused:
                Assert.NotEmpty(refused.Faults);
                Assert.All(refused.Faults, fault => Assert.DoesNotContain(fault.ToString(), c => char.IsControl(c)));
                break;
        }
    }

    private static byte[] Sample(string form) => form switch
    {
        "lines" => Encoding.UTF8.GetBytes(Line + "\n" + Line.Replace("r1", "r2", StringComparison.Ordinal) + "\n"),
        "csv" => "alias,task_id,task_family,human_minutes,score_binarized\n\"a, b\",t,f,5,1\na,t,f,5,0\n"u8.ToArray(),
        "counts" => "alias,task_id,task_family,human_minutes,runs,successes\na,t,f,5,3,1\n"u8.ToArray(),
        "zstd" => File.ReadAllBytes("testdata/runs/small-zstd.eval"),
        "zip64" => File.ReadAllBytes("testdata/runs/small-zip64.eval"),
        "json" => Encoding.UTF8.GetBytes(InspectLog.Json),
        _ => InspectLog.Zip(),
    };
}
