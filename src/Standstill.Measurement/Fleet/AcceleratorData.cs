namespace Standstill.Measurement.Fleet;

/// <summary>The accelerators that are built in, as the table of `samples/compute/accelerators.csv`.</summary>
/// <remarks>Made by `samples/compute/make-accelerators --code`. From "Machine learning hardware", Epoch AI,
/// https://epoch.ai/data/machine-learning-hardware, CC BY 4.0, changed: rows and columns chosen, aliases and notes added.</remarks>
internal static class AcceleratorData
{
    public const string Csv =
        """
        name,maker,released,peak_bf16_flop_per_s,peak_8bit_op_per_s,memory_bytes,bandwidth_bytes_per_s,tdp_w,aliases,note,source
        NVIDIA V100,NVIDIA,2017-06-21,125000000000000,,,897000000000,300,Tesla V100,"fp16 tensor cores, no bf16",https://www.techpowerup.com/gpu-specs/tesla-v100-pcie-16-gb.c2957
        NVIDIA Tesla V100 PCIe 16 GB,NVIDIA,2017-06-21,112000000000000,,16000000000,897000000000,250,Tesla V100-PCIE-16GB,"fp16 tensor cores, no bf16",https://www.techpowerup.com/gpu-specs/tesla-v100-pcie-16-gb.c2957
        NVIDIA Tesla V100 PCIe 32 GB,NVIDIA,2018-03-27,112000000000000,,32000000000,897000000000,250,Tesla V100-PCIE-32GB,"fp16 tensor cores, no bf16",https://www.techpowerup.com/gpu-specs/tesla-v100-pcie-32-gb.c3184
        NVIDIA Tesla V100 SXM2 16 GB,NVIDIA,2017-06-21,125000000000000,,,897000000000,300,Tesla V100-SXM2-16GB,"fp16 tensor cores, no bf16",https://www.techpowerup.com/gpu-specs/tesla-v100-sxm2-16-gb.c3018
        NVIDIA Tesla V100 SXM2 32 GB,NVIDIA,2018-03-27,125000000000000,,32000000000,898000000000,300,Tesla V100-SXM2-32GB,"fp16 tensor cores, no bf16",https://www.techpowerup.com/gpu-specs/tesla-v100-sxm2-32-gb.c3185
        NVIDIA Tesla V100 SXM3 32 GB,NVIDIA,2018-03-27,125000000000000,,,898000000000,300,Tesla V100-SXM3-32GB,"fp16 tensor cores, no bf16",
        NVIDIA Tesla V100 DGXS 16 GB,NVIDIA,2018-03-27,125000000000000,,16000000000,897000000000,250,Tesla V100-DGXS-16GB,"fp16 tensor cores, no bf16",https://www.techpowerup.com/gpu-specs/tesla-v100-dgxs-16-gb.c3763
        NVIDIA Tesla V100 DGXS 32 GB,NVIDIA,2018-03-27,125000000000000,,32000000000,897000000000,250,Tesla V100-DGXS-32GB,"fp16 tensor cores, no bf16",https://www.techpowerup.com/gpu-specs/tesla-v100-dgxs-32-gb.c3186
        NVIDIA Tesla V100S PCIe 32 GB,NVIDIA,2019-11-26,130000000000000,,32000000000,1130000000000,250,Tesla V100S-PCIE-32GB,"fp16 tensor cores, no bf16",https://www.techpowerup.com/gpu-specs/tesla-v100s-pcie-32-gb.c3467
        NVIDIA Tesla T4,NVIDIA,2018-09-13,65130000000000,,16000000000,320000000000,70,Tesla T4|NVIDIA T4|T4,"fp16 tensor cores, no bf16",https://www.techpowerup.com/gpu-specs/tesla-t4.c3316
        NVIDIA A100,NVIDIA,2020-03-01,312000000000000,624000000000000,40000000000,1560000000000,400,,,https://www.nvidia.com/content/dam/en-zz/Solutions/Data-Center/a100/pdf/nvidia-a100-datasheet-us-nvidia-1758950-r4-web.pdf
        NVIDIA A100 SXM4 40 GB,NVIDIA,2020-05-14,312000000000000,624000000000000,40000000000,1560000000000,400,NVIDIA A100-SXM4-40GB|A100 SXM 40GB|A100 40GB,,https://www.techpowerup.com/gpu-specs/a100-sxm4-40-gb.c3506
        NVIDIA A100 SXM4 80 GB,NVIDIA,2020-11-16,312000000000000,624000000000000,80000000000,2039000000000,400,NVIDIA A100-SXM4-80GB|A100 SXM|A100 SXM4|A100 SXM 80GB|A100 80GB,,https://www.techpowerup.com/gpu-specs/a100-sxm4-80-gb.c3746
        NVIDIA A100 PCIe,NVIDIA,2020-06-22,312000000000000,624000000000000,,1940000000000,300,NVIDIA A100 80GB PCIe|NVIDIA A100-PCIE-40GB|NVIDIA A100-PCIE-80GB,,https://www.techpowerup.com/gpu-specs/a100-pcie-80-gb.c3821
        NVIDIA A30 PCIe,NVIDIA,2021-04-12,165000000000000,330000000000000,,,165,NVIDIA A30|A30,,
        NVIDIA A40 PCIe,NVIDIA,2020-10-05,149700000000000,299300000000000,48000000000,695800000000,300,NVIDIA A40|A40,,https://www.techpowerup.com/gpu-specs/a40-pcie.c3700
        NVIDIA A800 SXM,NVIDIA,2022-08-11,311800000000000,,,2040000000000,400,NVIDIA A800-SXM4-80GB|A800,,https://www.techpowerup.com/gpu-specs/a800-sxm4-80-gb.c3966
        NVIDIA A800 PCIe 80 GB,NVIDIA,2022-11-03,311800000000000,,,1940000000000,250,NVIDIA A800 80GB PCIe,,https://www.techpowerup.com/gpu-specs/a800-pcie-80-gb.c3965
        NVIDIA A800 PCIe 40 GB,NVIDIA,2022-11-08,311800000000000,,,1560000000000,250,NVIDIA A800-PCIE-40GB,,https://www.techpowerup.com/gpu-specs/a800-pcie-40-gb.c3964
        NVIDIA L4,NVIDIA,2023-03-21,121000000000000,242000000000000,24000000000,300100000000,72,,,https://nvdam.widen.net/s/rvq98gbwsw/l4-datasheet-2595652
        NVIDIA L40,NVIDIA,2022-10-13,181000000000000,362000000000000,48000000000,864000000000,300,,,https://www.techpowerup.com/gpu-specs/l40.c3959
        NVIDIA L40S,NVIDIA,,362000000000000,,,,,,release and power are missing in the data set,https://resources.nvidia.com/en-us-l40s/l40s-datasheet-28413
        NVIDIA L20 PCle,NVIDIA,2023-09-16,119500000000000,239000000000000,48000000000,864000000000,275,NVIDIA L20|L20,,https://www.techpowerup.com/gpu-specs/l20.c4206
        NVIDIA H100 SXM5 80GB,NVIDIA,2022-09-20,989400000000000,1979000000000000,80000000000,3350000000000,700,H100|H100 SXM|H100 SXM5|NVIDIA H100 80GB HBM3|H100 SXM5 80GB HBM3|H100-SXM5-80GB,the unit of H100-equivalents; H100 alone means this form,https://resources.nvidia.com/en-us-tensor-core/nvidia-tensor-core-gpu-datasheet
        NVIDIA H100 PCIe,NVIDIA,2022-09-20,756000000000000,,,2040000000000,350,NVIDIA H100 PCIe 80GB,,https://www.techpowerup.com/gpu-specs/h100-pcie.c3899
        NVIDIA H100 NVL,NVIDIA,2024-03-14,835500000000000,,94000000000,3938000000000,400,NVIDIA H100 NVL 94GB,,https://www.nvidia.com/content/dam/en-zz/Solutions/Data-Center/h100/PB-11773-001_v01.pdf
        NVIDIA H800 SXM5,NVIDIA,2023-03-21,989000000000000,1979000000000000,80000000000,3360000000000,700,H800|NVIDIA H800 SXM|NVIDIA H800 80GB HBM3,,https://www.techpowerup.com/gpu-specs/h800-sxm5.c3975
        NVIDIA H800 PCIe,NVIDIA,,756000000000000,1513000000000000,,,350,,,https://chaoqing-i.com/upload/20231128/NVIDIA%20H800%20GPU%20Datasheet.pdf
        NVIDIA H200 SXM,NVIDIA,2024-11-18,989500000000000,1979000000000000,,4800000000000,700,H200|NVIDIA H200|NVIDIA H200 141GB HBM3e,,https://nvdam.widen.net/s/nb5zzzsjdf/hpc-datasheet-sc23-h200-datasheet-3002446
        NVIDIA HGX H20,NVIDIA,2023-11-09,148000000000000,296000000000000,96000000000,4000000000000,400,H20|NVIDIA H20|NVIDIA H20 96GB HBM3,,https://viperatech.com/shop/nvidia-hgx-h20/
        NVIDIA GH200,NVIDIA,2023-08-08,989500000000000,1979000000000000,,4900000000000,700,NVIDIA GH200 480GB|NVIDIA GH200 96GB HBM3,,https://resources.nvidia.com/en-us-data-center-overview-mc/en-us-data-center-overview/grace-hopper-superchip-datasheet-partner
        NVIDIA B100,NVIDIA,2024-03-18,1750000000000000,3500000000000000,192000000000,8000000000000,700,,,https://www.anandtech.com/show/21310/nvidia-blackwell-architecture-and-b200b100-accelerators-announced-going-bigger-with-smaller-data
        NVIDIA B200,NVIDIA,2024-03-18,2250000000000000,4500000000000000,192000000000,8000000000000,1000,NVIDIA B200 SXM|NVIDIA B200 180GB HBM3e,Epoch AI's counts imply 2.5e15,https://www.hyperstack.cloud/nvidia-blackwell-b200
        NVIDIA B300,NVIDIA,2025-08-15,2250000000000000,4500000000000000,287500000000,,1750,,16-bit peak taken as half of the 8-bit peak,https://resources.nvidia.com/en-us-dgx-systems/dgx-b300-datasheet
        AMD Radeon Instinct MI250,AMD,2021-11-08,362100000000000,362100000000000,,,500,AMD Instinct MI250|MI250,,
        AMD Radeon Instinct MI250X,AMD,2021-11-08,383000000000000,383000000000000,128000000000,3280000000000,500,AMD Instinct MI250X|Instinct MI250X|MI250X,,https://www.amd.com/en/products/accelerators/instinct/mi200/mi250x.html
        AMD Instinct MI300A,AMD,2023-01-04,980600000000000,1961200000000000,128000000000,5300000000000,760,MI300A,,https://www.amd.com/content/dam/amd/en/documents/instinct-tech-docs/data-sheets/amd-instinct-mi300a-data-sheet.pdf
        AMD Instinct MI300X,AMD,2023-12-06,1307400000000000,2614900000000000,192000000000,5300000000000,750,MI300X,,https://www.amd.com/content/dam/amd/en/documents/instinct-tech-docs/data-sheets/amd-instinct-mi300x-data-sheet.pdf
        AMD Instinct MI325X,AMD,2024-10-10,1300000000000000,2600000000000000,256000000000,6000000000000,1000,MI325X,,https://www.amd.com/en/products/accelerators/instinct/mi300/mi325x.html
        AMD Instinct MI355X,AMD,,2340000000000000,4600000000000000,288000000000,8000000000000,,MI355X,Epoch AI's counts imply 2.52e15,https://www.servethehome.com/amd-instinct-mi325x-launched-and-the-mi355x-is-coming/
        Google TPU v2,Google,2017-05-01,45000000000000,,16000000000,600000000000,280,TPU v2,,https://dl.acm.org/doi/pdf/10.1145/3360307
        Google TPU v3,Google,2018-05-18,123000000000000,,32000000000,900000000000,220,TPU v3,,https://cloud.google.com/tpu/docs/system-architecture-tpu-vm
        Google TPU v4i,Google,2020-01-01,138000000000000,,8000000000,614000000000,175,TPU v4i,,https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=9499913
        Google TPU v4,Google,2021-05-20,275000000000000,275000000000000,32000000000,1200000000000,170,TPU v4,,https://cloud.google.com/tpu/docs/system-architecture-tpu-vm
        Google TPU v5e,Google,2023-08-29,197000000000000,393000000000000,16000000000,819000000000,140,TPU v5e|TPU v5 lite,,https://cloud.google.com/tpu/docs/v5e
        Google TPU v5p,Google,2023-12-06,459000000000000,918000000000000,95000000000,2765000000000,,TPU v5p,,https://cloud.google.com/tpu/docs/v5p
        Google TPU v6e Trillium,Google,2024-05-14,918000000000000,1836000000000000,32000000000,1640000000000,,TPU v6e|Trillium,,https://cloud.google.com/tpu/docs/v6e
        Google TPU v7 Ironwood,Google,2025-04-09,2307000000000000,4614000000000000,192000000000,7370000000000,980,TPU v7|Ironwood,16-bit peak taken as half of the 8-bit peak,https://blog.google/products/google-cloud/ironwood-tpu-age-of-inference/
        Amazon Trainium1,Amazon,2022-10-15,190000000000000,420000000000000,,9800000000000,,Trainium1|Trainium|AWS Trainium,,https://web.archive.org/web/20230518023215/https://awsdocs-neuron.readthedocs-hosted.com/en/v2.9.1/general/arch/neuron-hardware/trainium.html
        Amazon Trainium2,Amazon,2024-12-03,667000000000000,1299000000000000,96000000000,2900000000000,500,Trainium2|AWS Trainium2,,https://semianalysis.com/2024/12/03/amazons-ai-self-sufficiency-trainium2-architecture-networking/
        Intel Habana Gaudi2,Intel,2022-05-10,450000000000000,865000000000000,96000000000,2450000000000,600,Gaudi2|Gaudi 2|HL-225,,https://perma.cc/9SR3-HX6Q
        Intel Habana Gaudi3,Intel,2024-09-24,1678000000000000,1678000000000000,128000000000,3700000000000,900,Gaudi3|Gaudi 3|HL-325L,,https://perma.cc/83JH-F3M4
        Maia 100 (M100),Microsoft,2024-08-27,800000000000000,,,,500,Microsoft Maia 100|Maia 100,unverified in the data set,https://www.techpowerup.com/326105/microsoft-unveils-new-details-on-maia-100-its-first-custom-ai-chip
        Huawei Ascend 910,Huawei,2019-08-23,256000000000000,512000000000000,,1288000000000,310,Ascend 910,,https://old.hotchips.org/hc31/HC31_1.11_Huawei.Davinci.HengLiao_v4.0.pdf
        Huawei Ascend 910B,Huawei,2022-03-17,376000000000000,,32000000000,1228000000000,400,Ascend 910B,,https://archive.ph/cF945
        Huawei Ascend 910C,Huawei,2024-10-15,800000000000000,,,3200000000000,310,Ascend 910C,,https://www.trendforce.com/news/2025/03/13/news-huaweis-ascend-910c-takes-on-nvidia-as-chinas-ai-race-heats-up-more-alleged-details/
        Biren BR100,Biren,2022-08-22,1024000000000000,2048000000000000,64000000000,1640000000000,550,BR100,,https://web.archive.org/web/20221004073838/https://www.birentech.com/product_details/1005557637772464128.html
        Cambricon MLU370-X8,Cambricon,2022-03-21,96000000000000,256000000000000,48000000000,614400000000,250,MLU370-X8,,
        """;
}
