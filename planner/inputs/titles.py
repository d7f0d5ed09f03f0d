"""What offices, exports and map services call the columns of tables, beside their English names."""

OTHER_TITLES = {
    "address": "alamat alamat_lengkap",
    "break": "istirahat",
    "cards": "blangko blanko",
    "class": "kelas kelas_mobil",
    "classes": "kelas_mobil kelas",
    "code": "kode kode_kelurahan kode_desa kode_wilayah kode_kemendagri kode_kel kdepum",
    "contact": "kontak narahubung",
    "cost_per_h": "biaya_per_jam",
    "cost_per_km": "biaya_per_km",
    "crew": "petugas jumlah_petugas",
    "date": "tanggal tgl",
    "depot": "pangkalan",
    "dusun": "dusun lingkungan banjar kampung nama_dusun",
    "eligible": "wajib_ktp wktp jml_wktp",
    "end_depot": "pangkalan_akhir",
    "hours": "jam jam_buka jam_layanan",
    "id": "kode",
    "kecamatan": "kecamatan nama_kecamatan nama_kec wadmkc",
    "kelurahan": "kelurahan desa nama_kelurahan nama_desa kelurahan_desa desa_kelurahan nama_kel "
    "wilayah wadmkd namobj",
    "kind": "jenis kategori bentuk bentuk_pendidikan jenjang",
    "kits": "alat_rekam alat jumlah_alat",
    "lat": "lintang latitude koordinat titik_koordinat",
    "lon": "bujur longitude lng long",
    "max_stops": "maks_titik",
    "minutes_per_person": "menit_per_orang",
    "name": "nama nama_tempat nama_lokasi nama_sekolah sekolah nama_kantor nama_instansi",
    "network": "jaringan sinyal internet",
    "note": "catatan keterangan",
    "people": "penduduk jumlah_penduduk jiwa jumlah_jiwa population populasi",
    "permission": "izin perizinan status_izin",
    "plate": "plat nomor_polisi nopol no_polisi plat_nomor",
    "polygon": "poligon",
    "power": "listrik",
    "pupils_16": "siswa_16",
    "pupils_17": "siswa_17",
    "reason": "alasan keterangan",
    "rt": "rt no_rt nomor_rt",
    "rw": "rw no_rw nomor_rw",
    "scope": "cakupan",
    "share_in_rt": "bagian_di_rt",
    "shift": "jam_tugas jam_kerja",
    "turnout": "kehadiran tingkat_kehadiran",
    "unreachable": "tidak_terjangkau tidak_di_tempat",
    "unrecorded": "belum_rekam blm_rekam belum_perekaman jml_belum_rekam jml_blm_rekam "
    "belum_rekam_jml belum_rekam_jumlah belum_rekam_total blm_rekam_jml blm_rekam_jumlah "
    "jumlah_belum_rekam jumlah_belum_rekaman ktp_blm_rekam",
    "weight": "bobot",
}
"""By column; the first is what an Indonesian table has, those behind it are read too."""

AREA_NAMES = "nama nama_kelurahan nama_desa kelurahan desa nama_kel wadmkd namobj"
"""What files of borders call the name of a kelurahan."""
